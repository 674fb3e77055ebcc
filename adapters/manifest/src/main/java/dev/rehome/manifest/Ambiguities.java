package dev.rehome.manifest;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Where texts of one column stand beside different ones of another, found by their bits without the texts. Needs eight
 * bytes a line beside the columns themselves.
 */
final class Ambiguities {
    /** The lower bits of a sorted number hold the place, the rest the beginning of the hash. */
    private static final int PLACE_BITS = 31;

    private static final long PLACE = (1L << PLACE_BITS) - 1;

    private Ambiguities() {}

    /** The hashes of the first column that have different ones beside them in the second. */
    static Set<Long> of(KeyHashes first, KeyHashes second) {
        long[] order = new long[first.size()];
        for (int i = 0; i < order.length; i++) {
            order[i] = (first.at(i) & ~PLACE) | i;
        }
        Arrays.sort(order);
        Set<Long> found = new HashSet<>();
        int from = 0;
        while (from < order.length) {
            int to = from + 1;
            while (to < order.length && (order[to] ^ order[from]) >>> PLACE_BITS == 0) {
                to++;
            }
            if (to - from > 1) {
                among(first, second, order, from, to, found);
            }
            from = to;
        }
        return found;
    }

    private static void among(KeyHashes first, KeyHashes second, long[] order, int from, int to, Set<Long> found) {
        Map<Long, Long> beside = new HashMap<>();
        for (int i = from; i < to; i++) {
            int place = (int) (order[i] & PLACE);
            Long known = beside.putIfAbsent(first.at(place), second.at(place));
            if (known != null && known != second.at(place)) {
                found.add(first.at(place));
            }
        }
    }
}
