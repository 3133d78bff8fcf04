package io.kombine.i2v.provider.local;

/**
 * How a camera moves over an image, from its first to its last moment.
 *
 * @param zoomFrom magnification at the start, 1 or more: 1 shows all of what covers the frame
 * @param zoomTo magnification at the end
 * @param panX way to the right as a part of the room that the zoom leaves, -1 to 1
 * @param panY way down
 * @param roll turn about the line of sight over the whole move, degrees
 * @param yaw turn about the upright axis, degrees
 * @param pitch turn about the level axis, degrees
 * @param sway size of a slow unsteady drift, as a part of the frame's width
 */
record CameraMove(
    double zoomFrom,
    double zoomTo,
    double panX,
    double panY,
    double roll,
    double yaw,
    double pitch,
    double sway) {

  static final CameraMove STILL = new CameraMove(1.04, 1.04, 0, 0, 0, 0, 0, 0);

  /** Both moves at once. */
  CameraMove and(CameraMove other) {
    return new CameraMove(
        Math.max(zoomFrom, other.zoomFrom),
        Math.max(zoomTo, other.zoomTo),
        Math.clamp(panX + other.panX, -1, 1),
        Math.clamp(panY + other.panY, -1, 1),
        roll + other.roll,
        yaw + other.yaw,
        pitch + other.pitch,
        Math.max(sway, other.sway));
  }

  /** The same move going further or less far. */
  CameraMove times(double strength) {
    return new CameraMove(
        1 + (zoomFrom - 1) * strength,
        1 + (zoomTo - 1) * strength,
        Math.clamp(panX * Math.sqrt(strength), -1, 1),
        Math.clamp(panY * Math.sqrt(strength), -1, 1),
        roll * strength,
        yaw * strength,
        pitch * strength,
        sway * strength);
  }
}
