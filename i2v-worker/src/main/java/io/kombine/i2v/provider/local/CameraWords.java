package io.kombine.i2v.provider.local;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.zip.CRC32;

/** Reads camera moves out of prompts. */
final class CameraWords {

  private static final CameraMove ZOOM_IN = new CameraMove(1.03, 1.34, 0, 0, 0, 0, 0, 0);
  private static final CameraMove ZOOM_OUT = new CameraMove(1.36, 1.03, 0, 0, 0, 0, 0, 0);
  private static final CameraMove PUSH = new CameraMove(1.03, 1.55, 0, 0, 0.6, 0, 0, 0);
  private static final CameraMove LEFT = new CameraMove(1.22, 1.25, -1, 0, 0, 0, 0, 0);
  private static final CameraMove RIGHT = new CameraMove(1.22, 1.25, 1, 0, 0, 0, 0, 0);
  private static final CameraMove UP = new CameraMove(1.22, 1.25, 0, -1, 0, 0, 0, 0);
  private static final CameraMove DOWN = new CameraMove(1.22, 1.25, 0, 1, 0, 0, 0, 0);
  private static final CameraMove ORBIT = new CameraMove(1.26, 1.34, 0.55, 0, 0, 14, 0, 0);
  private static final CameraMove TILT = new CameraMove(1.26, 1.30, 0, -0.6, 0, 0, 12, 0);
  private static final CameraMove ROLL = new CameraMove(1.24, 1.34, 0, 0, 5, 0, 0, 0);
  private static final CameraMove CRANE = new CameraMove(1.34, 1.16, 0, -0.9, 0, 0, 6, 0);
  private static final CameraMove HANDHELD = new CameraMove(1.12, 1.18, 0, 0, 0, 0, 0, 0.018);
  private static final CameraMove DRIFT = new CameraMove(1.14, 1.24, 0.5, -0.3, 0.8, 0, 0, 0);

  private static final List<CameraMove> CHOICE =
      List.of(
          ZOOM_IN,
          ZOOM_OUT,
          ZOOM_IN.and(LEFT),
          ZOOM_IN.and(RIGHT),
          RIGHT,
          LEFT,
          UP,
          ORBIT,
          DRIFT,
          CRANE);

  private CameraWords() {}

  /** The move that an order describes; any order has one. */
  static CameraMove moveOf(VideoOrder order) {
    List<String> words = words(order.movement() == null ? order.prompt() : order.movement());
    List<CameraMove> named = named(words);
    if (named.isEmpty() && order.movement() != null) {
      words = words(order.prompt());
      named = named(words);
    }
    Random seeded = new Random(seed(order.prompt()));
    CameraMove move =
        named.isEmpty()
            ? CHOICE.get(seeded.nextInt(CHOICE.size()))
            : named.stream().reduce(CameraMove::and).orElseThrow();
    if (move.equals(CameraMove.STILL)) {
      return move;
    }
    double wish = order.strength() == null ? 0.5 : order.strength().doubleValue();
    CameraMove sized = move.times((0.5 + wish) * pace(words));
    // why: two prompts that ask for the same move still differ a little
    double bias = seeded.nextDouble() - 0.5;
    return sized.and(new CameraMove(1, 1, 0.16 * bias, 0.1 * bias, 0.5 * bias, 0, 0, 0));
  }

  private static List<String> words(String text) {
    return List.of(text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+"));
  }

  private static double pace(List<String> words) {
    double pace = 1;
    for (String word : words) {
      pace *=
          switch (word) {
            case "slow", "slowly", "subtle", "gentle", "gently", "soft", "calm", "slight" -> 0.7;
            case "fast", "quick", "dramatic", "rapid", "energetic", "strong", "bold" -> 1.35;
            default -> 1;
          };
    }
    return Math.clamp(pace, 0.45, 1.7);
  }

  private static List<CameraMove> named(List<String> words) {
    List<CameraMove> moves = new ArrayList<>();
    boolean closer = words.contains("zoom") || words.contains("dolly") || words.contains("truck");
    boolean away = words.contains("out") || words.contains("back") || words.contains("away");
    boolean tilt = words.contains("tilt");
    for (String word : words) {
      switch (word) {
        case "zoom", "dolly" -> moves.add(away ? ZOOM_OUT : ZOOM_IN);
        case "in", "closer", "approach", "approaching" -> {
          if (!closer && !away && moves.isEmpty() && !"in".equals(word)) {
            moves.add(ZOOM_IN);
          }
        }
        case "push", "rush" -> moves.add(away ? ZOOM_OUT : PUSH);
        case "pull", "reveal", "revealing", "retreat", "wide" -> moves.add(ZOOM_OUT);
        case "left", "leftward", "leftwards" -> moves.add(LEFT);
        case "right", "rightward", "rightwards", "sideways" -> moves.add(RIGHT);
        case "up", "upward", "upwards" -> moves.add(tilt ? TILT : UP);
        case "down", "downward", "downwards" ->
            moves.add(tilt ? new CameraMove(1.26, 1.30, 0, 0.6, 0, 0, -12, 0) : DOWN);
        case "orbit", "orbiting", "around", "circle", "circling", "arc", "parallax" ->
            moves.add(ORBIT);
        case "rise", "rising", "crane", "drone", "aerial", "ascend", "flyover" -> moves.add(CRANE);
        case "rotate", "rotating", "roll", "spin", "spinning", "turn", "twist", "swirl" ->
            moves.add(ROLL);
        case "handheld", "shaky", "documentary", "walking" -> moves.add(HANDHELD);
        case "drift", "drifting", "float", "floating", "glide", "gliding" -> moves.add(DRIFT);
        case "still", "static", "locked", "tripod", "motionless" -> moves.add(CameraMove.STILL);
        default -> {}
      }
    }
    if (moves.isEmpty() && tilt) {
      moves.add(TILT);
    } else if (moves.isEmpty() && (words.contains("pan") || words.contains("panning"))) {
      moves.add(RIGHT);
    }
    return moves;
  }

  private static long seed(String prompt) {
    CRC32 checksum = new CRC32();
    checksum.update(prompt.strip().toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
    return checksum.getValue();
  }
}
