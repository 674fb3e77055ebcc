# Account, region, names, images, and the environment of the containers: everything that several files use.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_region" "current" {
  lifecycle {
    postcondition {
      condition     = self.region == var.AWS_REGION
      error_message = "The provider works in ${self.region}, but AWS_REGION is ${var.AWS_REGION}. Set the provider's region, or the environment variable AWS_REGION, to the same region."
    }
  }
}

data "aws_ecr_repository" "producer" {
  name = var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME
}

data "aws_ecr_repository" "consumer" {
  name = var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME
}

# The images are pinned by digest. A tag that is pushed again then shows up as a change in the plan,
# and all tasks of one revision run the same bytes.
data "aws_ecr_image" "producer" {
  repository_name = data.aws_ecr_repository.producer.name
  image_tag       = var.IMAGE_TAG
}

data "aws_ecr_image" "consumer" {
  repository_name = data.aws_ecr_repository.consumer.name
  image_tag       = var.IMAGE_TAG
}

data "aws_ecr_image" "redis" {
  count = var.REDIS_IMAGE == null ? 1 : 0

  repository_name = data.aws_ecr_repository.producer.name
  image_tag       = "redis-${var.IMAGE_TAG}"
}

locals {
  partition  = data.aws_partition.current.partition
  account_id = data.aws_caller_identity.current.account_id

  producer_image = "${data.aws_ecr_repository.producer.repository_url}@${data.aws_ecr_image.producer.image_digest}"
  consumer_image = "${data.aws_ecr_repository.consumer.repository_url}@${data.aws_ecr_image.consumer.image_digest}"
  redis_image = one(concat(
    compact([var.REDIS_IMAGE]),
    [for image in data.aws_ecr_image.redis : "${data.aws_ecr_repository.producer.repository_url}@${image.image_digest}"],
  ))

  tags = merge({ Project = "rehome", Cluster = var.CLUSTER_NAME }, var.TAGS)

  # A prefix is a folder: "image" must not match "images/1.png". The containers and the IAM policies use the
  # same text. An empty target prefix is the bucket's root.
  legacy_prefix = "${trimsuffix(var.LEGACY_S3_OBJECT_PREFIX, "/")}/"
  target_prefix = var.TARGET_OBJECT_PREFIX == "" ? "" : "${trimsuffix(var.TARGET_OBJECT_PREFIX, "/")}/"

  # Built from names instead of the resources, because the roles must exist before the services.
  cluster_arn          = "arn:${local.partition}:ecs:${var.AWS_REGION}:${local.account_id}:cluster/${var.CLUSTER_NAME}"
  service_arn_prefix   = "arn:${local.partition}:ecs:${var.AWS_REGION}:${local.account_id}:service/${var.CLUSTER_NAME}"
  producer_service_arn = "${local.service_arn_prefix}/${var.PRODUCER_SERVICE_NAME}"
  consumer_service_arn = "${local.service_arn_prefix}/${var.CONSUMER_SERVICE_NAME}"

  producer_desired_count = var.MIGRATION_ENABLED ? 1 : 0
  consumer_desired_count = var.MIGRATION_ENABLED ? var.CONSUMER_TASK_COUNT : 0

  # The dashboard listens inside its task, unless HTTP_BIND opens it.
  http_port = 8080
  http_open = var.HTTP_BIND != "127.0.0.1"

  # With a certificate Redis listens on a second port, for TLS, and security groups admit the consumers to that one only.
  redis_port          = 6379
  redis_tls_port      = 6380
  redis_tls           = var.REDIS_TLS_SECRET_ARN != null
  redis_admitted_port = local.redis_tls ? local.redis_tls_port : local.redis_port

  # The longest that Fargate grants between SIGTERM and SIGKILL.
  container_stop_timeout = 120

  # CONSUMER_TASK_COUNT and MIGRATION_ENABLED must not be in here: each scaling would change the container
  # definitions and restart Redis and the producer.
  common_environment = merge(
    {
      AWS_REGION                  = var.AWS_REGION
      CLUSTER_NAME                = var.CLUSTER_NAME
      PRODUCER_SERVICE_NAME       = var.PRODUCER_SERVICE_NAME
      CONSUMER_SERVICE_NAME       = var.CONSUMER_SERVICE_NAME
      SOURCE_S3_BUCKET            = var.SOURCE_S3_BUCKET
      TARGET_S3_BUCKET            = var.TARGET_S3_BUCKET
      LEGACY_S3_OBJECT_PREFIX     = local.legacy_prefix
      TARGET_OBJECT_PREFIX        = local.target_prefix
      KEY_LAYOUT                  = var.KEY_LAYOUT
      DATABASE_HOST               = var.DATABASE_HOST
      DATABASE_PORT               = tostring(var.DATABASE_PORT)
      DATABASE_NAME               = var.DATABASE_NAME
      DATABASE_TABLE_TO_UPDATE    = var.DATABASE_TABLE_TO_UPDATE
      TABLE_COLUMN_NAME_TO_UPDATE = var.TABLE_COLUMN_NAME_TO_UPDATE
      TEMP_TABLE_FOR_UPDATE       = var.TEMP_TABLE_FOR_UPDATE
      DATABASE_TLS                = var.DATABASE_TLS
      DB_USER                     = var.DB_USER
      REDIS_USER                  = "default"
      HTTP_PORT                   = tostring(local.http_port)
      LOG_FORMAT                  = "json"
      STOP_TIMEOUT_SECONDS        = tostring(var.STOP_TIMEOUT_SECONDS)
    },
    # A variable that is null is not passed, so that the program's own default applies.
    var.DATABASE_TLS_CA == null ? {} : { DATABASE_TLS_CA = var.DATABASE_TLS_CA },
    var.EXTRA_SETTINGS,
    # With an existing secret the programs follow a rotation during a run.
    var.DB_SECRET_ARN == null ? {} : { DB_SECRET_ARN = var.DB_SECRET_ARN },
  )

  producer_environment = merge(
    local.common_environment,
    {
      # Containers of one task share the loopback interface, so this traffic doesn't leave the task and needs no TLS.
      REDIS_HOST = "127.0.0.1"
      REDIS_PORT = tostring(local.redis_port)
      REDIS_TLS  = "false"
    },
    var.BATCH_SIZE == null ? {} : { BATCH_SIZE = tostring(var.BATCH_SIZE) },
    length(var.THROTTLE_REPLICAS) == 0 ? {} : { THROTTLE_REPLICAS = join(",", var.THROTTLE_REPLICAS) },
    var.MAX_REPLICA_LAG_SECONDS == null ? {} : { MAX_REPLICA_LAG_SECONDS = tostring(var.MAX_REPLICA_LAG_SECONDS) },
    var.MAX_LOCK_WAITS == null ? {} : { MAX_LOCK_WAITS = tostring(var.MAX_LOCK_WAITS) },
    var.MANIFEST == null ? {} : { MANIFEST = var.MANIFEST },
    var.WEBHOOK_URL == null ? {} : { WEBHOOK_URL = var.WEBHOOK_URL },
    local.http_open ? { HTTP_BIND = var.HTTP_BIND } : {},
  )

  consumer_environment = merge(
    local.common_environment,
    {
      REDIS_HOST = local.redis_host
      REDIS_PORT = tostring(local.redis_admitted_port)
      REDIS_TLS  = tostring(local.redis_tls)
    },
    var.COPY_CONCURRENCY == null ? {} : { COPY_CONCURRENCY = tostring(var.COPY_CONCURRENCY) },
  )

  # Both containers of the producer's task have a hard limit, and the limits add up to the task's memory. The JVM
  # sizes its heap by its own container's limit.
  producer_container_memory = var.PRODUCER_MEMORY - var.REDIS_MEMORY

  redis_environment = merge(
    {
      REDIS_PORT = tostring(local.redis_port)
      # Half of the container's memory: while Redis rewrites the append-only file, its fork needs the other half.
      REDIS_MAXMEMORY = "${floor(var.REDIS_MEMORY / 2)}mb"
    },
    local.redis_tls ? { REDIS_TLS_PORT = tostring(local.redis_tls_port) } : {},
  )

  # Tasks read secrets only at their start, so a new password must make a new revision of the task definition.
  password_versions = { "rehome.password-versions" = "db-${var.DB_PASSWORD_VERSION}.redis-${var.REDIS_PASSWORD_VERSION}" }

  # Settings of the programs that need nothing from the stack beyond being passed on. The other settings have a
  # variable of their own, or the stack sets them.
  extra_settings = [
    "ALLOW_TRIGGERS", "BATCHES_IN_FLIGHT", "COPY_ENGINE", "CRITICAL_FAILED_PERCENT", "CRITICAL_FAILED_RECORDS",
    "CRITICAL_LOCK_WAITS", "CRITICAL_REPLICA_LAG_SECONDS", "CRITICAL_SLOWDOWN_PERCENT", "CRITICAL_THREADS_RUNNING",
    "HTTP_READ_ONLY", "JDK_JAVA_OPTIONS", "LEASE_SECONDS", "LOG_LEVEL", "MANIFEST_ENCODING", "MANIFEST_FIELDS",
    "MAPPING_SCHEMA", "MAX_ATTEMPTS", "MAX_COPIES_PER_SECOND", "MAX_DELETIONS_PER_SECOND", "MAX_FAILED_PERCENT", "MAX_FAILED_RECORDS",
    "MAX_IDLE_PASSES", "MAX_OPEN_BATCHES", "MAX_SLOWDOWN_PERCENT", "MAX_THREADS_RUNNING", "MIGRATION_NAME",
    "MULTIPART_PART_BYTES", "MULTIPART_THRESHOLD_BYTES", "ON_UPDATE_TIMESTAMPS", "OVERWRITE_TARGETS",
    "PASS_DELAY_SECONDS", "PRICE_PER_1000_COPIES", "PRICE_PER_1000_READS", "PRICE_PER_GB_COPIED",
    "PRICE_PER_GB_MONTH", "PURGE_WAIT_DAYS", "REQUESTER_PAYS", "RUN_WINDOWS", "RUN_WINDOW_TZ", "S3_READ_TIMEOUT_SECONDS",
    "SCALE_WITH_WINDOWS", "SCAN_WINDOW_ROWS", "STARTUP_WAIT_SECONDS", "STATUS_SECONDS", "TRIES_PER_OBJECT",
    # The stack grants the rights that these need.
    "REPORT_LOCATION", "TARGET_ACL", "TARGET_KMS_KEY_ID", "TARGET_ROLE_ARN", "TARGET_ROLE_EXTERNAL_ID", "TARGET_ROLE_SESSION_NAME",
    "TARGET_STORAGE_CLASS", "VERIFY_COPIES",
  ]

  # https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html#fargate-tasks-size
  fargate_memory = {
    "256"   = [512, 1024, 2048]
    "512"   = range(1024, 4097, 1024)
    "1024"  = range(2048, 8193, 1024)
    "2048"  = range(4096, 16385, 1024)
    "4096"  = range(8192, 30721, 1024)
    "8192"  = range(16384, 61441, 4096)
    "16384" = range(32768, 122881, 8192)
  }
}
