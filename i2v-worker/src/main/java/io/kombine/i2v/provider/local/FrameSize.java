package io.kombine.i2v.provider.local;

/** Size of a video's frame in pixels; both sides are even. */
record FrameSize(int widthPx, int heightPx) {}
