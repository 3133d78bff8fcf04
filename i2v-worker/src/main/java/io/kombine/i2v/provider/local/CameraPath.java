package io.kombine.i2v.provider.local;

/**
 * A camera move laid over an image: which part of it a frame shows at any moment. It starts and
 * stops softly and never shows what is beyond the image's edge.
 *
 * <p>Strict arithmetic throughout, so that every machine finds the same path.
 */
final class CameraPath {

  private final CameraMove move;
  private final double focusX;
  private final double focusY;
  private final double height;

  /**
   * @param focusX where zooms lead: -1 (left) to 1 (right) of the room beside the frame
   * @param height of the frame in halves of its width
   */
  CameraPath(CameraMove move, double focusX, double focusY, double height) {
    this.move = move;
    this.focusX = focusX;
    this.focusY = focusY;
    this.height = height;
  }

  /**
   * The view at a moment.
   *
   * @param time from 0, the first frame, to 1, the last
   */
  CameraView at(double time) {
    double eased = ease(time);
    double turned = eased - 0.5;
    double zoom = move.zoomFrom() * StrictMath.pow(move.zoomTo() / move.zoomFrom(), eased);
    double roll = StrictMath.toRadians(move.roll() * turned);
    double yaw = StrictMath.toRadians(move.yaw() * turned);
    double pitch = StrictMath.toRadians(move.pitch() * turned);
    double g = 0.35 * StrictMath.sin(yaw);
    double h = 0.35 * StrictMath.sin(pitch);
    // why: what a turned frame would show beyond the edge is kept out by coming nearer
    double reach =
        1
            + StrictMath.abs(StrictMath.sin(roll)) * StrictMath.max(height, 1 / height)
            + StrictMath.abs(g) * 1.1
            + StrictMath.abs(h) * height * 1.1;
    double scale = 1 / StrictMath.max(zoom, reach);
    double roomX = StrictMath.max(0, 1 - scale * reach);
    double roomY = StrictMath.max(0, height * (1 - scale * reach));
    double x = roomX * position(focusX, move.panX(), turned) + sway(roomX, time, 1.7);
    double y = roomY * position(focusY, move.panY(), turned) + sway(roomY, time, 2.3);
    x = StrictMath.max(-roomX, StrictMath.min(roomX, x));
    y = StrictMath.max(-roomY, StrictMath.min(roomY, y));
    double cos = scale * StrictMath.cos(roll);
    double sin = scale * StrictMath.sin(roll);
    return new CameraView(cos + x * g, -sin + x * h, x, sin + y * g, cos + y * h, y, g, h);
  }

  /** A pan goes through the middle to both sides; without one the focus is held. */
  private static double position(double focus, double pan, double turned) {
    return focus * (1 - StrictMath.abs(pan)) + 2 * pan * turned;
  }

  private double sway(double room, double time, double pace) {
    double wave =
        StrictMath.sin(2 * StrictMath.PI * pace * time)
            + 0.5 * StrictMath.sin(2 * StrictMath.PI * pace * 2.3 * time + 1);
    return StrictMath.min(room, move.sway()) * wave / 1.5;
  }

  private static double ease(double time) {
    double soft = (1 - StrictMath.cos(StrictMath.PI * time)) / 2;
    return 0.75 * soft + 0.25 * time;
  }
}
