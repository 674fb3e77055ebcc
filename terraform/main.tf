# What more than one file needs: who and where we are, the names, and what both containers are told.

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

data "aws_ecr_repository" "producer" {
  name = var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME
}

data "aws_ecr_repository" "consumer" {
  name = var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME
}

# The images are pinned by digest. A tag that was pushed again is then a visible change in the plan,
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

  # A prefix is a folder: "image" must not take "images/1.png" with it. The containers get the same
  # text that the IAM policy is made of, so that the two can't disagree.
  legacy_prefix = "${trimsuffix(var.LEGACY_S3_OBJECT_PREFIX, "/")}/"
  target_prefix = "${trimsuffix(var.TARGET_OBJECT_PREFIX, "/")}/"

  # Built from names and not taken from the services: the producer's role must exist before its service.
  cluster_arn          = "arn:${local.partition}:ecs:${var.AWS_REGION}:${local.account_id}:cluster/${var.CLUSTER_NAME}"
  service_arn_prefix   = "arn:${local.partition}:ecs:${var.AWS_REGION}:${local.account_id}:service/${var.CLUSTER_NAME}"
  producer_service_arn = "${local.service_arn_prefix}/${var.PRODUCER_SERVICE_NAME}"
  consumer_service_arn = "${local.service_arn_prefix}/${var.CONSUMER_SERVICE_NAME}"

  producer_desired_count = var.MIGRATION_ENABLED ? 1 : 0
  consumer_desired_count = var.MIGRATION_ENABLED ? var.CONSUMER_TASK_COUNT : 0

  redis_port = 6379
  http_port  = 8080

  # The longest that Fargate grants between SIGTERM and SIGKILL.
  container_stop_timeout = 120

  # CONSUMER_TASK_COUNT and MIGRATION_ENABLED are not in here, and must not be. A container definition that
  # names them changes with every scaling, and Redis and the producer would be restarted by it.
  common_environment = merge(
    {
      AWS_REGION                  = var.AWS_REGION
      CLUSTER_NAME                = var.CLUSTER_NAME
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
      REDIS_PORT                  = tostring(local.redis_port)
      REDIS_USER                  = "default"
      # Redis is reached inside the task or from the consumers' security group only.
      REDIS_TLS    = "false"
      HTTP_PORT    = tostring(local.http_port)
      LOG_FORMAT   = "json"
      STOP_TIMEOUT_SECONDS = tostring(var.STOP_TIMEOUT_SECONDS)
    },
    # What is not set is not passed: the program's own default holds then, and stands in one place.
    var.DATABASE_TLS_CA == null ? {} : { DATABASE_TLS_CA = var.DATABASE_TLS_CA },
    var.EXTRA_SETTINGS,
    # With a secret of the user's own the program can follow a rotation in the middle of a run.
    var.DB_SECRET_ARN == null ? {} : { DB_SECRET_ARN = var.DB_SECRET_ARN },
  )

  producer_environment = merge(
    local.common_environment,
    {
      # Containers of one task share the loopback interface.
      REDIS_HOST            = "127.0.0.1"
      PRODUCER_SERVICE_NAME = var.PRODUCER_SERVICE_NAME
      CONSUMER_SERVICE_NAME = var.CONSUMER_SERVICE_NAME
    },
    var.BATCH_SIZE == null ? {} : { BATCH_SIZE = tostring(var.BATCH_SIZE) },
    length(var.THROTTLE_REPLICAS) == 0 ? {} : { THROTTLE_REPLICAS = join(",", var.THROTTLE_REPLICAS) },
    var.MAX_REPLICA_LAG_SECONDS == null ? {} : { MAX_REPLICA_LAG_SECONDS = tostring(var.MAX_REPLICA_LAG_SECONDS) },
    var.MAX_LOCK_WAITS == null ? {} : { MAX_LOCK_WAITS = tostring(var.MAX_LOCK_WAITS) },
    var.MANIFEST == null ? {} : { MANIFEST = var.MANIFEST },
  )

  consumer_environment = merge(
    local.common_environment,
    { REDIS_HOST = local.redis_host },
    var.COPY_CONCURRENCY == null ? {} : { COPY_CONCURRENCY = tostring(var.COPY_CONCURRENCY) },
  )

  redis_environment = {
    REDIS_PORT = tostring(local.redis_port)
    # Half the container: while the append-only file is rewritten, a fork of Redis needs room too.
    REDIS_MAXMEMORY = "${floor(var.REDIS_MEMORY / 2)}mb"
  }

  # A revision of a task definition changes when a password does: tasks read secrets at their start only.
  password_versions = { "rehome.password-versions" = "db-${var.DB_PASSWORD_VERSION}.redis-${var.REDIS_PASSWORD_VERSION}" }

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
