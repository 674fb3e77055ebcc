package dev.rehome.store.s3;

import dev.rehome.common.Draw;
import dev.rehome.common.batch.FailureCode;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Random keys made of pieces that clients, proxies and servers tend to alter, and why some of them are invalid. */
final class RandomKeys {
    /** Without digits, because each key ends in a number of its own. */
    private static final List<String> PIECES =
            List.of(("a¦A¦b¦.png¦ ¦  ¦+¦%¦%20¦%2F¦%2e%2e¦%252F¦%00¦%zz¦#¦?¦&¦=¦;¦,¦:¦@¦'¦\"¦<¦>¦&amp;¦\\¦[¦]¦{¦}¦(¦)¦"
                            + "^¦|¦`¦~¦*¦!¦$¦\t¦\n¦\r¦\u0001¦\u001f¦\u007f¦\u0085¦\u00a0¦\u00e4¦a\u0308¦\u00df¦\u0130¦\u4e2d¦"
                            + "\u200d¦\u200f¦\ufeff¦\ufffd¦\uffff¦\ud83d\ude80¦\ud83d\udc69\u200d\ud83d\udcbb¦/¦/¦/¦//¦/./¦"
                            + "/../¦...¦..¦.¦/.a¦?tagging¦?uploads&x=¦..;¦aws-chunked")
                    .split("¦"));

    private static final List<String> LONG = List.of("x", "\u00e4", "\u4e2d", "\ud83d\ude80", "+", "%");

    private RandomKeys() {}

    /** A key that no other number has; sometimes about as long as S3's limit. */
    static String key(Draw draw, int number) {
        String own = String.format("n%05d", number);
        String some = draw.text(PIECES, draw.between(0, 8));
        if (draw.chance(10)) {
            String filler = draw.of(LONG);
            int bytes = utf8(filler);
            some += filler.repeat((1_024 - Math.min(900, utf8(some + own)) + draw.between(-12, 4)) / bytes);
        }
        if (draw.chance(3)) {
            some += draw.of("\ud83d", "\ude80");
        }
        return draw.chance(50) ? own + some : some + own;
    }

    /** The codes of which a refusal of the key must have one; empty if the key is valid. */
    static Set<FailureCode> refusals(String key) {
        Set<FailureCode> codes = EnumSet.noneOf(FailureCode.class);
        if (key.isEmpty() || key.codePoints().anyMatch(point -> point >= 0xD800 && point <= 0xDFFF)) {
            codes.add(FailureCode.KEY_REFUSED);
        }
        if (utf8(key) > 1_024) {
            codes.add(FailureCode.KEY_TOO_LONG);
        }
        String framed = "/" + key + "/";
        if (framed.contains("/./") || framed.contains("/../")) {
            codes.add(FailureCode.KEY_REFUSED);
        }
        return codes;
    }

    /** Bytes in UTF-8, by its definition. */
    private static int utf8(String text) {
        return text.codePoints()
                .map(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
                .sum();
    }
}
