package io.kombine.upload.drive.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.kombine.upload.drive.DriveOutcome;
import io.kombine.upload.drive.NewFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeProperty;

class LocalFolderDriveProperties {

  private Path around;
  private LocalFolderDrive drive;

  @BeforeProperty
  void open() throws IOException {
    around = Files.createTempDirectory("drive-names");
    drive = TestDrive.open(around.resolve("drive"));
    Files.createSymbolicLink(around.resolve("drive/up"), Path.of(".."));
  }

  @AfterProperty
  void remove() throws IOException {
    TestDrive.delete(around);
  }

  @Property(tries = 500)
  void noNamesLeadOutOfTheDriveOrIntoItsOwnFolder(@ForAll("paths") List<String> path)
      throws IOException {
    String id = DriveOutcomes.done(drive.generateIds(List.of(path))).getFirst();

    DriveOutcome<String> outcome = drive.createFolder(new NewFolder(id, null, path.getLast()));
    DriveOutcome<String> file = TestDrive.put(drive, id + "-file", "bytes");

    assertThat(outcome).isNotInstanceOf(DriveOutcome.Wait.class);
    try (Stream<Path> outside = Files.list(around);
        Stream<Path> incoming = Files.list(around.resolve("drive/.kombine-incoming"))) {
      assertThat(outside).as("beside the drive after %s, %s", id, file).hasSize(1);
      assertThat(incoming).as("unfinished after %s, %s", id, file).isEmpty();
    }
  }

  @Provide
  Arbitrary<List<String>> paths() {
    Arbitrary<String> nasty =
        Arbitraries.of(
            "..",
            ".",
            "",
            "up",
            "/",
            "\\",
            "a/../..",
            "../..",
            "/tmp",
            "\0",
            ".kombine-incoming",
            ".KOMBINE-INCOMING",
            "a",
            "b");
    Arbitrary<String> any =
        Arbitraries.strings().withChars("./\\ ab\0:").ofMinLength(0).ofMaxLength(8);
    return Arbitraries.oneOf(nasty, any).list().ofMinSize(1).ofMaxSize(4);
  }
}
