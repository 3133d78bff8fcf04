package io.kombine.i2i.provider.local;

/** Light that spills from bright parts over what is beside them. */
final class Glow {

  private static final int SIDE_PX = 320;

  private Glow() {}

  /**
   * @param strength 0 to 1
   */
  static void apply(Picture picture, double strength) {
    Picture lights = Resampling.atMost(picture, SIDE_PX);
    for (int i = 0; i < lights.rgb.length; i++) {
      int pixel = lights.rgb[i];
      int share = Math.clamp((Picture.luma(pixel) - 90) * 2, 0, 256);
      lights.rgb[i] = Picture.mix(0, pixel, (int) (share * strength));
    }
    Resampling.blur(lights, Math.max(1, lights.longestSide() / 26));
    lights = Resampling.to(lights, picture.width, picture.height);
    for (int i = 0; i < picture.rgb.length; i++) {
      picture.rgb[i] = Picture.screen(picture.rgb[i], lights.rgb[i]);
    }
  }
}
