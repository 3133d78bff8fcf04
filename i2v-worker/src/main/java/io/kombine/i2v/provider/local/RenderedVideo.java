package io.kombine.i2v.provider.local;

import java.math.BigDecimal;

/**
 * A video that was written to a file.
 *
 * @param seconds playing time: whole frames at {@value VideoOrder#FRAMES_PER_SECOND} a second
 * @param posterJpeg picture of its middle, longest side 128 pixels
 */
record RenderedVideo(int widthPx, int heightPx, BigDecimal seconds, byte[] posterJpeg) {}
