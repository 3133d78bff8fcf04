package io.kombine.upload.tree;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.contracts.Ids;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class KnownFoldersTests {

  @Test
  void folderUsedLongestAgoIsForgottenAtTheLimit() {
    KnownFolders known = new KnownFolders();
    UUID batch = Ids.next();
    for (int i = 0; i < KnownFolders.MAX; i++) {
      known.add(batch, "b/" + i, new TreeFolder("b/" + i, "file:///b"));
    }
    known.find(batch, "b/0");

    known.add(batch, "b/more", new TreeFolder("b/more", "file:///b"));

    assertThat(known.find(batch, "b/1")).isNull();
    assertThat(known.find(batch, "b/0")).isNotNull();
    assertThat(known.find(Ids.next(), "b/0")).as("of another batch").isNull();
  }
}
