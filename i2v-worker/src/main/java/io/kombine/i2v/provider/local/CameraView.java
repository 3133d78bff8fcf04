package io.kombine.i2v.provider.local;

/**
 * Where a frame's pixels lie in the image at one moment: a projective map from the frame (origin in
 * its middle, one unit is half its width) to the image, as the rows of a 3 × 3 matrix.
 */
record CameraView(double a, double b, double c, double d, double e, double f, double g, double h) {

  double imageX(double x, double y) {
    return (a * x + b * y + c) / (g * x + h * y + 1);
  }

  double imageY(double x, double y) {
    return (d * x + e * y + f) / (g * x + h * y + 1);
  }
}
