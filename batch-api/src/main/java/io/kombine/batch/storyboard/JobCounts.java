package io.kombine.batch.storyboard;

/** How many calls a generation really makes, by what they make. */
public record JobCounts(int audio, int image, int video) {

  public int total() {
    return audio + image + video;
  }
}
