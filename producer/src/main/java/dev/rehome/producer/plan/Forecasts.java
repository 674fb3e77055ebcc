package dev.rehome.producer.plan;

import dev.rehome.producer.throttle.RunWindows;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Forecasts time and cost.
 *
 * @param rates records per second
 * @param windows when the run may work
 * @param prices the prices of S3
 * @param time the time of day
 */
public record Forecasts(List<Integer> rates, RunWindows windows, Prices prices, InstantSource time) {
    public Forecasts {
        rates = List.copyOf(rates);
    }

    /** The forecast for this many records and bytes. */
    public PlanReport.Forecast of(Estimate records, Optional<Estimate> bytes) {
        return new PlanReport.Forecast(
                rates.stream()
                        .map(rate -> RunTime.of(records.value(), rate, windows, time.instant()))
                        .toList(),
                bytes.map(each -> prices.requests(records, each)),
                bytes.map(prices::storage),
                prices.verification(records));
    }
}
