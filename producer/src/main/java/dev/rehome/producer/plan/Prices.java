package dev.rehome.producer.plan;

import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.Setting;
import java.math.BigDecimal;
import java.util.List;

/**
 * The prices of S3, in US dollars.
 *
 * @param copies for 1,000 CopyObject requests
 * @param reads for 1,000 HEAD requests
 * @param storage for a GB in a month
 * @param transfer for a GB that is copied
 */
public record Prices(double copies, double reads, double storage, double transfer) {
    private static final String AS_OF = " The default is the list price of S3 Standard in us-east-1 in 2025.";
    private static final Setting<BigDecimal> COPIES = price(
            "PRICE_PER_1000_COPIES",
            "For the plan: US dollars for 1,000 COPY requests, by the target's storage class.",
            "0.005");
    private static final Setting<BigDecimal> READS =
            price("PRICE_PER_1000_READS", "For the plan: US dollars for 1,000 HEAD requests.", "0.0004");
    private static final Setting<BigDecimal> STORAGE = price(
            "PRICE_PER_GB_MONTH",
            "For the plan: US dollars for storing one GB for a month, in which both buckets hold the objects.",
            "0.023");
    private static final Setting<BigDecimal> TRANSFER = new Setting.Builder<>(
                    "PRICE_PER_GB_COPIED",
                    "For the plan: US dollars for one GB that is copied; 0 within a region, 0.02 from us-east-1 to most"
                            + " others in 2025.",
                    "an amount such as 0.02",
                    Prices::amount)
            .or(BigDecimal.ZERO);

    /** The settings, for help and documents. */
    public static final List<Setting<?>> ALL = List.of(COPIES, READS, STORAGE, TRANSFER);

    private static final double BYTES_OF_A_GB = 1L << 30;

    private static Setting<BigDecimal> price(String name, String explanation, String fallback) {
        return new Setting.Builder<>(name, explanation + AS_OF, "an amount such as " + fallback, Prices::amount)
                .or(new BigDecimal(fallback));
    }

    private static BigDecimal amount(String text) {
        BigDecimal amount = new BigDecimal(text.strip());
        if (amount.signum() < 0 || amount.compareTo(BigDecimal.valueOf(1_000)) > 0) {
            throw new IllegalArgumentException("Expected an amount from 0 to 1000, got " + text);
        }
        return amount;
    }

    /** Reads them; problems are collected in the environment. */
    public static Prices from(Environment env) {
        return new Prices(read(env, COPIES), read(env, READS), read(env, STORAGE), read(env, TRANSFER));
    }

    private static double read(Environment env, Setting<BigDecimal> setting) {
        return env.read(setting).doubleValue();
    }

    /** The cost of requests and transfer; {@code bytes}: those that are copied. */
    Estimate requests(Estimate records, Estimate bytes) {
        String basis = "one COPY for each record, and the bytes copied";
        return records.times(copies / 1_000, basis).plus(bytes.times(transfer / BYTES_OF_A_GB, basis), basis);
    }

    /** The cost of the second copy for each month in which both buckets hold the objects. */
    Estimate storage(Estimate bytes) {
        return bytes.times(storage / BYTES_OF_A_GB, "the bytes copied, for a month");
    }

    /** The cost of verifying every record afterwards: two HEAD requests for each. */
    Estimate verification(Estimate records) {
        return records.times(2 * reads / 1_000, "two HEADs for each record");
    }
}
