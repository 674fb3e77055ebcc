package dev.rehome.producer;

import dev.rehome.catalog.mariadb.MariaDbCatalog;
import dev.rehome.catalog.mariadb.preflight.SideEffectPolicy;
import dev.rehome.catalog.mariadb.sql.MariaDbSettings;
import dev.rehome.common.batch.BatchId;
import dev.rehome.common.catalog.PreflightFinding;
import dev.rehome.common.catalog.Selection;
import dev.rehome.common.process.HttpSettings;
import dev.rehome.common.process.LogSettings;
import dev.rehome.common.process.MonotonicClock;
import dev.rehome.common.process.ProgressLine;
import dev.rehome.common.process.ShutdownSignal;
import dev.rehome.common.queue.FleetCopies;
import dev.rehome.common.queue.QueueSettings;
import dev.rehome.common.scaling.ScalingSettings;
import dev.rehome.common.scaling.ServiceScaler;
import dev.rehome.common.settings.AwsSettings;
import dev.rehome.common.settings.Environment;
import dev.rehome.common.settings.MigrationIdentity;
import dev.rehome.common.settings.MigrationSettings;
import dev.rehome.common.settings.Setting;
import dev.rehome.common.store.Store;
import dev.rehome.http.HttpServer;
import dev.rehome.manifest.ManifestSettings;
import dev.rehome.producer.http.Dashboard;
import dev.rehome.producer.operator.LiveSettings;
import dev.rehome.producer.operator.PurgeConditions;
import dev.rehome.producer.operator.ReportWriting;
import dev.rehome.producer.operator.SettingChanges;
import dev.rehome.producer.plan.Forecasts;
import dev.rehome.producer.plan.PlanReport;
import dev.rehome.producer.plan.Prices;
import dev.rehome.producer.progress.RunSnapshot;
import dev.rehome.producer.scaling.ServiceCheck;
import dev.rehome.producer.throttle.ThrottleSettings;
import dev.rehome.producer.webhook.WebhookSettings;
import dev.rehome.queue.redis.RedisBatchQueue;
import dev.rehome.queue.redis.RedisSettings;
import dev.rehome.secrets.PasswordSettings;
import dev.rehome.services.ecs.EcsServices;
import dev.rehome.store.s3.S3KeyRules;
import dev.rehome.store.s3.S3Store;
import dev.rehome.store.s3.S3StoreSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * Chooses the producer's implementations: MariaDB as the catalog, Redis as the queue, ECS as the scaler, S3 as the store.
 * No other class names one.
 *
 * @param settings the producer's settings
 * @param catalog the database
 * @param password where its password is kept
 * @param acceptance the side effects that the update may have
 * @param manifest the list of the keys to be migrated, if the prefix doesn't select them
 * @param redis how Redis is reached
 * @param queue the rules of the queue
 */
public record ProducerFactory(
        ProducerSettings settings,
        MariaDbSettings catalog,
        PasswordSettings password,
        SideEffectPolicy acceptance,
        ManifestLocation manifest,
        RedisSettings redis,
        QueueSettings queue) {
    private static final int CONNECTIONS = 4;

    /** The manifest, and the store that it is in if it is an object. */
    public record ManifestLocation(ManifestSettings settings, S3StoreSettings store) {}

    /** Every setting that the producer reads, for help and documents. */
    public static List<Setting<?>> allSettings() {
        return Stream.of(
                        MigrationSettings.ALL,
                        MariaDbSettings.ALL,
                        PasswordSettings.ALL,
                        SideEffectPolicy.ALL,
                        RedisSettings.ALL,
                        QueueSettings.ALL,
                        ScalingSettings.ALL,
                        ManifestSettings.ALL,
                        AwsSettings.ALL,
                        HttpSettings.ALL,
                        LogSettings.ALL,
                        WebhookSettings.ALL,
                        RunSettings.ALL,
                        ReportWriting.ALL,
                        PurgeConditions.ALL,
                        Prices.ALL,
                        List.of(ShutdownSignal.STOP_TIMEOUT))
                .<Setting<?>>flatMap(List::stream)
                .toList();
    }

    /**
     * Reads all settings.
     *
     * @throws dev.rehome.common.settings.SettingsProblems with all problems
     */
    public static ProducerFactory from(Environment env) {
        MariaDbSettings catalog = MariaDbSettings.from(env);
        QueueSettings queue = QueueSettings.from(env);
        ProducerFactory factory = new ProducerFactory(
                ProducerSettings.from(env, String.valueOf(catalog.mapping()), queue.lease()),
                catalog,
                PasswordSettings.from(env),
                SideEffectPolicy.from(env),
                new ManifestLocation(ManifestSettings.from(env), S3StoreSettings.forReading(AwsSettings.from(env))),
                RedisSettings.from(env),
                queue);
        env.read(ReportWriting.REPORT_LOCATION);
        PurgeConditions.waitIn(env);
        env.read(PurgeConditions.MAX_DELETIONS);
        env.warnAboutMisspellings(allSettings());
        env.throwIfProblems();
        return factory;
    }

    /** The settings that may be changed during a run, with the values of this environment. */
    public LiveSettings live(Map<String, String> environment) {
        Stream<Setting<?>> others = Stream.of(
                LiveSettings.CONSUMER_TASKS,
                FleetCopies.MAX_PER_SECOND,
                PurgeConditions.MAX_DELETIONS,
                S3StoreSettings.CONCURRENCY,
                RunSettings.BATCH_SIZE);
        return new LiveSettings(
                Stream.concat(others, ThrottleSettings.LIVE.stream()).toList(), environment::get);
    }

    /** Opens the services; they connect at their first use. */
    public ProducerServices open() {
        InstantSource time = InstantSource.system();
        RandomGenerator random = new SecureRandom();
        return new ProducerServices(
                new MariaDbCatalog(
                        catalog,
                        settings.migration(),
                        acceptance,
                        manifest.settings().place().isPresent() ? Selection.MANIFEST : Selection.PREFIX,
                        password.source(catalog.password(), MonotonicClock.system()),
                        CONNECTIONS),
                new RedisBatchQueue(redis, queue, MigrationIdentity.of(settings.migration(), catalog.identity())),
                settings.scaling().map(scaling -> new EcsServices(scaling.cluster())),
                () -> BatchId.next(time, random),
                MonotonicClock.system(),
                time,
                ProcessHandle.current().pid() + "-" + UUID.randomUUID());
    }

    /** The store of all buckets; the caller closes it. */
    public Store store() {
        return new S3Store(manifest.store());
    }

    /** The buckets of the migration; the caller closes them. */
    public Buckets buckets() {
        return new Buckets(store(), settings.migration());
    }

    /** The manifest that the settings name, if they name one. */
    public RunManifest manifest(ProducerServices services) {
        return new RunManifest(
                manifest.settings(),
                this::store,
                new S3KeyRules(),
                settings.migration(),
                services.catalog(),
                services.clock());
    }

    /** The checks before a run; {@code consumersMayFollow}: whether the consumers' service may be created later. */
    public Preflight preflight(ProducerServices services, RunManifest manifest, boolean consumersMayFollow) {
        return new Preflight(
                services.catalog(),
                services.publisher(),
                settings.run().throttle().replicas(),
                manifest,
                List.of(this::bucketFindings, () -> serviceFindings(services.scaler(), consumersMayFollow)));
    }

    /** Estimates the work of a run. */
    PlanReport plan(
            ProducerServices services, RunManifest listed, PlanCommand.PlanOptions options, ProgressLine progress) {
        try (Buckets buckets = buckets()) {
            return new Plan(
                            preflight(services, listed, false),
                            listed,
                            buckets,
                            new Forecasts(
                                    options.rates(),
                                    settings.run().throttle().windows(),
                                    options.prices(),
                                    services.time()),
                            new Plan.Options(
                                    describe(),
                                    options.objects(),
                                    options.full(),
                                    settings.run().batchSize(),
                                    new S3KeyRules()),
                            progress)
                    .make();
        }
    }

    private List<PreflightFinding> bucketFindings() {
        try (Buckets buckets = buckets()) {
            return BucketCheck.of(buckets);
        }
    }

    private List<PreflightFinding> serviceFindings(Optional<ServiceScaler> scaler, boolean consumersMayFollow) {
        return scaler.map(
                        services -> ServiceCheck.of(services, settings.scaling().orElseThrow(), consumersMayFollow))
                .orElse(List.of());
    }

    /** Health, metrics and dashboard; {@code snapshot} is the latest one of the run. */
    HttpServer httpServer(
            ProducerServices services, Supplier<RunSnapshot> snapshot, SettingChanges changes, String version) {
        Dashboard dashboard = Dashboard.of(
                services,
                snapshot,
                changes,
                new Dashboard.About(describe(), version, settings.http().readOnly()));
        return new HttpServer(settings.http(), Dashboard.openPaths(), dashboard, dashboard::event);
    }

    /** The column and both locations, in one line. */
    public String describe() {
        MigrationSettings migration = settings.migration();
        return String.format(
                "%s.%s, s3://%s/%s to s3://%s/%s",
                catalog.catalog(),
                catalog.column(),
                migration.sourceBucket(),
                migration.keys().legacy(),
                migration.targetBucket(),
                migration.keys().target());
    }
}
