# The validations: values that they must reject, and values that they must accept. A run rejects one value of many settings
# at once, because each run plans the whole stack.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "refused_01" {
  command = plan

  variables {
    # queue
    ALARM_TOPIC_ARN = "arn:aws:sqs:eu-central-1:123456789012:alarms"
    # empty
    AWS_REGION = ""
    # zero
    BATCH_SIZE = 0
    # empty
    CLUSTER_NAME = ""
    # unknown effect
    CONSUMER_EXTRA_STATEMENTS = [{ Effect = "Permit", Action = ["s3:GetObject"], Resource = ["*"] }]
    # no size
    CONSUMER_MEMORY = 2500
    # name
    CONSUMER_ROLE_ARN = "rehome"
    # zero
    CONSUMER_TASK_COUNT = 0
    # zero
    COPY_CONCURRENCY = 0
    # unknown
    CPU_ARCHITECTURE = "arm64"
    # none
    DATABASE_CIDR_BLOCKS = []
    # empty
    DATABASE_HOST = ""
    # empty
    DATABASE_NAME = ""
    # zero
    DATABASE_PORT = 0
    # name
    DATABASE_SECURITY_GROUP_ID = "database"
    # empty
    DATABASE_TABLE_TO_UPDATE = ""
    # unknown
    DATABASE_TLS = "true"
    # neither path nor pem
    DATABASE_TLS_CA = "rds-ca"
    # zero
    DB_PASSWORD_VERSION = 0
    # alias
    DB_SECRET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
    # empty
    DB_USER = ""
    # empty
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = ""
    # empty
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = ""
    # name
    EXECUTION_ROLE_ARN = "rehome"
    # empty
    IMAGE_TAG = ""
    # unknown
    KEY_LAYOUT = "tree"
    # alias
    KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
    # never
    LOG_RETENTION_DAYS = 0
    # a file
    MANIFEST = "manifest.csv"
    # negative
    MAX_LOCK_WAITS = -1
    # too low
    MAX_REPLICA_LAG_SECONDS = 0.49
    # name
    PERMISSIONS_BOUNDARY_ARN = "boundary"
    # unknown effect
    PRODUCER_EXTRA_STATEMENTS = [{ Effect = "Permit", Action = ["s3:GetObject"], Resource = ["*"] }]
    # no size
    PRODUCER_MEMORY = 2500
    # name
    PRODUCER_ROLE_ARN = "rehome"
    # empty
    PRODUCER_SERVICE_NAME = ""
    # without tag
    REDIS_IMAGE = "redis"
    # zero
    REDIS_PASSWORD_VERSION = 0
    # name
    REDIS_TLS_SECRET_ARN = "redis-tls"
    # name
    REPLICA_SECURITY_GROUP_IDS = ["replicas"]
    # alias
    SOURCE_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
    # empty
    SOURCE_S3_BUCKET = ""
    # longer than Fargate waits
    STOP_TIMEOUT_SECONDS = 116
    # empty
    TABLE_COLUMN_NAME_TO_UPDATE = ""
    # alias
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
    # slash only
    TARGET_OBJECT_PREFIX = "/"
    # empty
    TARGET_S3_BUCKET = ""
    # with a space
    THROTTLE_REPLICAS = ["replica one"]
  }

  expect_failures = [
    var.ALARM_TOPIC_ARN,
    var.AWS_REGION,
    var.BATCH_SIZE,
    var.CLUSTER_NAME,
    var.CONSUMER_EXTRA_STATEMENTS,
    var.CONSUMER_MEMORY,
    var.CONSUMER_ROLE_ARN,
    var.CONSUMER_TASK_COUNT,
    var.COPY_CONCURRENCY,
    var.CPU_ARCHITECTURE,
    var.DATABASE_CIDR_BLOCKS,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_PORT,
    var.DATABASE_SECURITY_GROUP_ID,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DATABASE_TLS,
    var.DATABASE_TLS_CA,
    var.DB_PASSWORD_VERSION,
    var.DB_SECRET_KMS_KEY_ARN,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KEY_LAYOUT,
    var.KMS_KEY_ARN,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.MAX_LOCK_WAITS,
    var.MAX_REPLICA_LAG_SECONDS,
    var.PERMISSIONS_BOUNDARY_ARN,
    var.PRODUCER_EXTRA_STATEMENTS,
    var.PRODUCER_MEMORY,
    var.PRODUCER_ROLE_ARN,
    var.PRODUCER_SERVICE_NAME,
    var.REDIS_IMAGE,
    var.REDIS_PASSWORD_VERSION,
    var.REDIS_TLS_SECRET_ARN,
    var.REPLICA_SECURITY_GROUP_IDS,
    var.SOURCE_KMS_KEY_ARN,
    var.SOURCE_S3_BUCKET,
    var.STOP_TIMEOUT_SECONDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_KMS_KEY_ARN,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "refused_02" {
  command = plan

  variables {
    # zone
    AWS_REGION = "eu-central-1a"
    # broken
    BATCH_SIZE = 1.5
    # space
    CLUSTER_NAME = "re home"
    # user
    CONSUMER_ROLE_ARN = "arn:aws:iam::123456789012:user/x"
    # negative
    CONSUMER_TASK_COUNT = -1
    # broken
    COPY_CONCURRENCY = 1.5
    # lower case
    CPU_ARCHITECTURE = "x86_64"
    # no block
    DATABASE_CIDR_BLOCKS = ["10.0.0.1"]
    # port
    DATABASE_HOST = "db.example.internal:3306"
    # backtick
    DATABASE_NAME = "a`b"
    # too high
    DATABASE_PORT = 65536
    # empty id
    DATABASE_SECURITY_GROUP_ID = "sg-"
    # backtick
    DATABASE_TABLE_TO_UPDATE = "a`b"
    # unfinished
    DATABASE_TLS = "verify"
    # too long
    DATABASE_TLS_CA = "-----BEGIN CERTIFICATE-----${join("", [for i in range(1000) : "0123456789012345678901234"])}"
    # broken
    DB_PASSWORD_VERSION = 1.5
    # id
    DB_SECRET_KMS_KEY_ARN = "1234abcd"
    # space
    DB_USER = "re home"
    # capitals
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "Rehome"
    # capitals
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "Rehome"
    # user
    EXECUTION_ROLE_ARN = "arn:aws:iam::123456789012:user/x"
    # digest
    IMAGE_TAG = "sha256:0123"
    # empty
    KEY_LAYOUT = ""
    # id
    KMS_KEY_ARN = "1234abcd"
    # odd
    LOG_RETENTION_DAYS = 31
    # without a key
    MANIFEST = "s3://lists/"
    # broken
    MAX_LOCK_WAITS = 1.5
    # too high
    MAX_REPLICA_LAG_SECONDS = 3600.1
    # user
    PRODUCER_ROLE_ARN = "arn:aws:iam::123456789012:user/x"
    # dot
    PRODUCER_SERVICE_NAME = "a.b"
    # short digest
    REDIS_IMAGE = "redis@sha256:0123"
    # broken
    REDIS_PASSWORD_VERSION = 1.5
    # without its end
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls"
    # id
    SOURCE_KMS_KEY_ARN = "1234abcd"
    # capitals
    SOURCE_S3_BUCKET = "Legacy-Images"
    # too short
    STOP_TIMEOUT_SECONDS = 9
    # backtick
    TABLE_COLUMN_NAME_TO_UPDATE = "a`b"
    # id
    TARGET_KMS_KEY_ARN = "1234abcd"
    # slash in front
    TARGET_OBJECT_PREFIX = "/image"
    # capitals
    TARGET_S3_BUCKET = "Legacy-Images"
    # empty name
    THROTTLE_REPLICAS = [""]
  }

  expect_failures = [
    var.AWS_REGION,
    var.BATCH_SIZE,
    var.CLUSTER_NAME,
    var.CONSUMER_ROLE_ARN,
    var.CONSUMER_TASK_COUNT,
    var.COPY_CONCURRENCY,
    var.CPU_ARCHITECTURE,
    var.DATABASE_CIDR_BLOCKS,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_PORT,
    var.DATABASE_SECURITY_GROUP_ID,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DATABASE_TLS,
    var.DATABASE_TLS_CA,
    var.DB_PASSWORD_VERSION,
    var.DB_SECRET_KMS_KEY_ARN,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KEY_LAYOUT,
    var.KMS_KEY_ARN,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.MAX_LOCK_WAITS,
    var.MAX_REPLICA_LAG_SECONDS,
    var.PRODUCER_ROLE_ARN,
    var.PRODUCER_SERVICE_NAME,
    var.REDIS_IMAGE,
    var.REDIS_PASSWORD_VERSION,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_KMS_KEY_ARN,
    var.SOURCE_S3_BUCKET,
    var.STOP_TIMEOUT_SECONDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_KMS_KEY_ARN,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "refused_03" {
  command = plan

  variables {
    # capitals
    AWS_REGION = "EU-CENTRAL-1"
    # too high
    BATCH_SIZE = 10001
    # digit in front
    CLUSTER_NAME = "1rehome"
    # broken
    CONSUMER_TASK_COUNT = 2.5
    # too high
    COPY_CONCURRENCY = 10001
    # six
    DATABASE_CIDR_BLOCKS = ["fd00::/8"]
    # scheme
    DATABASE_HOST = "jdbc:mariadb://db"
    # quote
    DATABASE_NAME = "a'b"
    # broken
    DATABASE_PORT = 3306.5
    # dotted
    DATABASE_TABLE_TO_UPDATE = "shop.pictures"
    # too high
    DB_PASSWORD_VERSION = 1000001
    # too long
    DB_USER = join("", [for i in range(129) : "a"])
    # with a tag
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "rehome:1"
    # with a tag
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "rehome:1"
    # no name
    EXTRA_SETTINGS = { "on update" = "keep" }
    # too long
    IMAGE_TAG = join("", [for i in range(123) : "a"])
    # odd
    LOG_RETENTION_DAYS = 8
    # with a wildcard
    MANIFEST = "s3://lists/part*.csv"
    # too high
    MAX_LOCK_WAITS = 100001
    # too long
    PRODUCER_SERVICE_NAME = join("", [for i in range(223) : "a"])
    # too high
    REDIS_PASSWORD_VERSION = 1000001
    # with a key
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls-Yy8Xx7:key::"
    # underscore
    SOURCE_S3_BUCKET = "legacy_images"
    # broken
    STOP_TIMEOUT_SECONDS = 60.5
    # dotted
    TABLE_COLUMN_NAME_TO_UPDATE = "shop.pictures"
    # two slashes
    TARGET_OBJECT_PREFIX = "image//"
    # underscore
    TARGET_S3_BUCKET = "legacy_images"
    # two in one
    THROTTLE_REPLICAS = ["a,b"]
  }

  expect_failures = [
    var.AWS_REGION,
    var.BATCH_SIZE,
    var.CLUSTER_NAME,
    var.CONSUMER_TASK_COUNT,
    var.COPY_CONCURRENCY,
    var.DATABASE_CIDR_BLOCKS,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_PORT,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DB_PASSWORD_VERSION,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXTRA_SETTINGS,
    var.IMAGE_TAG,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.MAX_LOCK_WAITS,
    var.PRODUCER_SERVICE_NAME,
    var.REDIS_PASSWORD_VERSION,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_S3_BUCKET,
    var.STOP_TIMEOUT_SECONDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "refused_04" {
  command = plan

  variables {
    # words
    AWS_REGION = "Frankfurt"
    # hyphen at the end
    CLUSTER_NAME = "rehome-"
    # no size
    CONSUMER_CPU = 1000
    # empty
    CONSUMER_SERVICE_NAME = ""
    # too many
    CONSUMER_TASK_COUNT = 5001
    # space
    DATABASE_HOST = "db .example"
    # space
    DATABASE_NAME = "a b"
    # too long
    DATABASE_TABLE_TO_UPDATE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    # with the registry
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome:1"
    # with the registry
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome:1"
    # secret
    EXTRA_SETTINGS = { DB_PASSWORD = "x" }
    # dot in front
    IMAGE_TAG = ".1"
    # question mark
    MANIFEST = "s3://lists/a?b"
    # no size
    PRODUCER_CPU = 1000
    # too short
    SOURCE_S3_BUCKET = "ab"
    # too long
    TABLE_COLUMN_NAME_TO_UPDATE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    # star
    TARGET_OBJECT_PREFIX = "image/*"
    # too short
    TARGET_S3_BUCKET = "ab"
  }

  expect_failures = [
    var.AWS_REGION,
    var.CLUSTER_NAME,
    var.CONSUMER_CPU,
    var.CONSUMER_SERVICE_NAME,
    var.CONSUMER_TASK_COUNT,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXTRA_SETTINGS,
    var.IMAGE_TAG,
    var.MANIFEST,
    var.PRODUCER_CPU,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
  ]
}

run "refused_05" {
  command = plan

  variables {
    # too long
    CLUSTER_NAME = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    # too large
    CONSUMER_CPU = 32768
    # dot
    CONSUMER_SERVICE_NAME = "a.b"
    # path
    DATABASE_HOST = "db/shop"
    # dotted
    DATABASE_NAME = "shop.pictures"
    # space at the end
    DATABASE_TABLE_TO_UPDATE = "name "
    # too long
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = join("", [for i in range(257) : "a"])
    # too long
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = join("", [for i in range(257) : "a"])
    # variable of its own
    EXTRA_SETTINGS = { BATCH_SIZE = "1" }
    # too small
    PRODUCER_CPU = 128
    # too long
    SOURCE_S3_BUCKET = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    # space at the end
    TABLE_COLUMN_NAME_TO_UPDATE = "name "
    # question mark
    TARGET_OBJECT_PREFIX = "image?"
    # too long
    TARGET_S3_BUCKET = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [
    var.CLUSTER_NAME,
    var.CONSUMER_CPU,
    var.CONSUMER_SERVICE_NAME,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXTRA_SETTINGS,
    var.PRODUCER_CPU,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
  ]
}

run "refused_06" {
  command = plan

  variables {
    # same as producer
    CONSUMER_SERVICE_NAME = "s3Mig_producer_service"
    # too long
    DATABASE_HOST = join("", [for i in range(254) : "a"])
    # statement
    DATABASE_NAME = "a;drop table b"
    # slash
    DATABASE_TABLE_TO_UPDATE = "a/b"
    # another object store, which the network doesn't admit
    EXTRA_SETTINGS = { AWS_ENDPOINT_URL_S3 = "http://minio" }
    # address
    SOURCE_S3_BUCKET = "192.168.1.10"
    # slash
    TABLE_COLUMN_NAME_TO_UPDATE = "a/b"
    # policy variable
    TARGET_OBJECT_PREFIX = "image/$${aws:userid}"
    # address
    TARGET_S3_BUCKET = "192.168.1.10"
  }

  expect_failures = [
    var.CONSUMER_SERVICE_NAME,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.EXTRA_SETTINGS,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
  ]
}

run "refused_07" {
  command = plan

  variables {
    # too long
    CONSUMER_SERVICE_NAME = join("", [for i in range(223) : "a"])
    # too long
    DATABASE_NAME = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    # backslash
    DATABASE_TABLE_TO_UPDATE = "a\\b"
    # role name
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "writer" }
    # less than 512 MiB for the producer
    REDIS_MEMORY = 2561
    # two dots
    SOURCE_S3_BUCKET = "legacy..images"
    # backslash
    TABLE_COLUMN_NAME_TO_UPDATE = "a\\b"
    # blank
    TARGET_OBJECT_PREFIX = " "
    # two dots
    TARGET_S3_BUCKET = "legacy..images"
  }

  expect_failures = [
    var.CONSUMER_SERVICE_NAME,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.EXTRA_SETTINGS,
    var.REDIS_MEMORY,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
  ]
}

run "refused_08" {
  command = plan

  variables {
    # control character
    DATABASE_TABLE_TO_UPDATE = "a\nb"
    # key without a right
    EXTRA_SETTINGS = { TARGET_KMS_KEY_ID = "arn:aws:kms:eu-central-1:123456789012:key/other" }
    # too little
    REDIS_MEMORY = 127
    # hyphen at the end
    SOURCE_S3_BUCKET = "legacy-"
    # control character
    TABLE_COLUMN_NAME_TO_UPDATE = "a\nb"
    # space at the end
    TARGET_OBJECT_PREFIX = "image "
    # hyphen at the end
    TARGET_S3_BUCKET = "legacy-"
  }

  expect_failures = [
    var.DATABASE_TABLE_TO_UPDATE,
    var.EXTRA_SETTINGS,
    var.REDIS_MEMORY,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
  ]
}

run "refused_09" {
  command = plan

  variables {
    # misspelled
    EXTRA_SETTINGS = { ON_UPDATE_TIMESTAMP = "keep" }
    # broken
    REDIS_MEMORY = 512.5
    # url
    SOURCE_S3_BUCKET = "s3://legacy-images"
    # too long
    TARGET_OBJECT_PREFIX = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    # url
    TARGET_S3_BUCKET = "s3://legacy-images"
    # empty
    TEMP_TABLE_FOR_UPDATE = ""
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.REDIS_MEMORY,
    var.SOURCE_S3_BUCKET,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_10" {
  command = plan

  variables {
    # credentials
    EXTRA_SETTINGS = { AWS_ACCESS_KEY_ID = "x" }
    # empty
    LEGACY_S3_OBJECT_PREFIX = ""
    # with a key
    SOURCE_S3_BUCKET = "legacy-images/image"
    # with a key
    TARGET_S3_BUCKET = "legacy-images/image"
    # backtick
    TEMP_TABLE_FOR_UPDATE = "a`b"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.SOURCE_S3_BUCKET,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_11" {
  command = plan

  variables {
    # would restart Redis
    EXTRA_SETTINGS = { CONSUMER_TASK_COUNT = "3" }
    # slash only
    LEGACY_S3_OBJECT_PREFIX = "/"
    # access point
    SOURCE_S3_BUCKET = "images-ap-s3alias"
    # access point
    TARGET_S3_BUCKET = "images-ap-s3alias"
    # quote
    TEMP_TABLE_FOR_UPDATE = "a'b"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.SOURCE_S3_BUCKET,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_12" {
  command = plan

  variables {
    # slash in front
    LEGACY_S3_OBJECT_PREFIX = "/image"
    # reserved beginning
    SOURCE_S3_BUCKET = "xn--images"
    # reserved beginning
    TARGET_S3_BUCKET = "xn--images"
    # space
    TEMP_TABLE_FOR_UPDATE = "a b"
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
    var.SOURCE_S3_BUCKET,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_13" {
  command = plan

  variables {
    # two slashes
    LEGACY_S3_OBJECT_PREFIX = "image//"
    # directory bucket
    SOURCE_S3_BUCKET = "images--x-s3"
    # directory bucket
    TARGET_S3_BUCKET = "images--x-s3"
    # dotted
    TEMP_TABLE_FOR_UPDATE = "shop.pictures"
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
    var.SOURCE_S3_BUCKET,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_14" {
  command = plan

  variables {
    # star
    LEGACY_S3_OBJECT_PREFIX = "image/*"
    # statement
    TEMP_TABLE_FOR_UPDATE = "a;drop table b"
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_15" {
  command = plan

  variables {
    # question mark
    LEGACY_S3_OBJECT_PREFIX = "image?"
    # too long
    TEMP_TABLE_FOR_UPDATE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_16" {
  command = plan

  variables {
    # policy variable
    LEGACY_S3_OBJECT_PREFIX = "image/$${aws:userid}"
    # table itself
    TEMP_TABLE_FOR_UPDATE = "Pictures"
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "refused_17" {
  command = plan

  variables {
    # blank
    LEGACY_S3_OBJECT_PREFIX = " "
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
  ]
}

run "refused_18" {
  command = plan

  variables {
    # space at the end
    LEGACY_S3_OBJECT_PREFIX = "image "
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
  ]
}

run "refused_19" {
  command = plan

  variables {
    # too long
    LEGACY_S3_OBJECT_PREFIX = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [
    var.LEGACY_S3_OBJECT_PREFIX,
  ]
}

run "TARGET_OBJECT_PREFIX_same_as_legacy" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image/"
    TARGET_OBJECT_PREFIX    = "image/"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_same_as_legacy_but_for_the_slash" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image"
    TARGET_OBJECT_PREFIX    = "image/"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_same_as_legacy_but_for_the_other_slash" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image/"
    TARGET_OBJECT_PREFIX    = "image"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_inside_legacy" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image"
    TARGET_OBJECT_PREFIX    = "image/new"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_deep_inside_legacy" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "a/b/"
    TARGET_OBJECT_PREFIX    = "a/b/c/d/"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_same_place" {
  command = plan

  variables {
    TARGET_S3_BUCKET     = "legacy-images"
    TARGET_OBJECT_PREFIX = "image"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "DB_PASSWORD_both" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
  }

  expect_failures = [var.DB_PASSWORD]
}

run "DB_SECRET_ARN_name" {
  command = plan

  variables {
    DB_SECRET_ARN = "prod/db"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "DB_SECRET_ARN_without_its_end" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "DB_SECRET_ARN_with_a_key" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8:password::"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "DB_SECRET_ARN_parameter" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/db"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "VPC_ID_name" {
  command = plan

  variables {
    VPC_ID     = "main"
    SUBNET_IDS = ["subnet-0a"]
  }

  expect_failures = [var.VPC_ID]
}

run "VPC_ID_subnets_without_it" {
  command = plan

  variables {
    SUBNET_IDS = ["subnet-0a"]
  }

  expect_failures = [var.VPC_ID]
}

run "SUBNET_IDS_name" {
  command = plan

  variables {
    SUBNET_IDS = ["private"]
    VPC_ID     = "vpc-0a"
  }

  expect_failures = [var.SUBNET_IDS]
}

run "PRODUCER_MEMORY_too_little_for_its_cpu" {
  command = plan

  variables {
    PRODUCER_CPU    = 4096
    PRODUCER_MEMORY = 4096
  }

  expect_failures = [var.PRODUCER_MEMORY]
}

run "CONSUMER_MEMORY_too_little_for_its_cpu" {
  command = plan

  variables {
    CONSUMER_CPU    = 4096
    CONSUMER_MEMORY = 4096
  }

  expect_failures = [var.CONSUMER_MEMORY]
}

run "DB_PASSWORD_missing" {
  command = plan

  variables {
    DB_PASSWORD = null
  }

  expect_failures = [var.DB_PASSWORD]
}

run "DB_PASSWORD_empty" {
  command = plan

  variables {
    DB_PASSWORD = ""
  }

  expect_failures = [var.DB_PASSWORD]
}

run "VPC_ID_without_subnets" {
  command = plan

  variables {
    VPC_ID = "vpc-0a"
  }

  expect_failures = [var.VPC_ID]
}

run "accepts_one_bucket_two_prefixes" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "legacy-images"
  }
}

run "accepts_legacy_name_begins_the_target" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "image-new"
  }
}

run "accepts_target_above_legacy" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image/old"
    TARGET_OBJECT_PREFIX    = "image"
  }
}

run "accepts_unicode_prefix" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "bilder/größe 1"
  }
}

run "accepts_dotted_bucket" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "images.example.com"
  }
}

run "accepts_address_of_a_database" {
  command = plan

  variables {
    DATABASE_HOST = "10.0.0.7"
  }
}

run "accepts_rds" {
  command = plan

  variables {
    DATABASE_HOST   = "shop.cluster-abc123.eu-central-1.rds.amazonaws.com"
    DATABASE_TLS_CA = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
  }
}

run "accepts_names_with_hyphen_and_dollar" {
  command = plan

  variables {
    DATABASE_NAME            = "my-shop"
    DATABASE_TABLE_TO_UPDATE = "t$pictures_2"
  }
}

run "accepts_gov_region" {
  command = plan

  override_data {
    target = data.aws_region.current
    values = {
      region = "us-gov-west-1"
    }
  }

  variables {
    AWS_REGION = "us-gov-west-1"
  }
}

run "accepts_one_consumer" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 1
  }
}

run "accepts_many_consumers" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 5000
  }
}

run "accepts_smallest_sizes" {
  command = plan

  variables {
    CONSUMER_CPU    = 256
    CONSUMER_MEMORY = 512
    PRODUCER_CPU    = 256
    PRODUCER_MEMORY = 1024
    REDIS_MEMORY    = 256
  }
}

run "accepts_largest_sizes" {
  command = plan

  variables {
    CONSUMER_CPU    = 16384
    CONSUMER_MEMORY = 122880
    PRODUCER_CPU    = 4096
    PRODUCER_MEMORY = 30720
  }
}

run "accepts_repository_with_a_path" {
  command = plan

  variables {
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "team/rehome_producer.v2"
  }
}

run "accepts_redis_by_digest" {
  command = plan

  variables {
    REDIS_IMAGE = "public.ecr.aws/example/redis@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "accepts_lowest_values" {
  command = plan

  variables {
    BATCH_SIZE               = 1
    COPY_CONCURRENCY         = 1
    DATABASE_PORT            = 1
    DATABASE_CIDR_BLOCKS     = ["0.0.0.0/0"]
    LOG_RETENTION_DAYS       = 1
    MAX_LOCK_WAITS           = 0
    MAX_REPLICA_LAG_SECONDS  = 0.5
    REDIS_MEMORY             = 128
    STOP_TIMEOUT_SECONDS     = 10
    CLUSTER_NAME             = "ab"
    DATABASE_TABLE_TO_UPDATE = "a"
  }

  assert {
    condition     = output.cluster == "ab"
    error_message = "The lowest values must be accepted."
  }
}

run "accepts_highest_values" {
  command = plan

  variables {
    BATCH_SIZE                  = 10000
    CLUSTER_NAME                = join("", [for i in range(32) : "a"])
    CONSUMER_TASK_COUNT         = 5000
    COPY_CONCURRENCY            = 10000
    DATABASE_PORT               = 65535
    DATABASE_TABLE_TO_UPDATE    = "${join("", [for i in range(62) : "t"])} x"
    DB_PASSWORD_VERSION         = 1000000
    DB_USER                     = join("", [for i in range(128) : "u"])
    IMAGE_TAG                   = join("", [for i in range(122) : "t"])
    LEGACY_S3_OBJECT_PREFIX     = join("", [for i in range(512) : "l"])
    LOG_RETENTION_DAYS          = 3653
    MAX_LOCK_WAITS              = 100000
    MAX_REPLICA_LAG_SECONDS     = 3600
    REDIS_MEMORY                = 2560
    REDIS_PASSWORD_VERSION      = 1000000
    SOURCE_S3_BUCKET            = join("", [for i in range(63) : "b"])
    STOP_TIMEOUT_SECONDS        = 115
    TABLE_COLUMN_NAME_TO_UPDATE = "Bild des Benutzers (Größe 2)"
    TARGET_OBJECT_PREFIX        = join("", [for i in range(512) : "n"])
    TEMP_TABLE_FOR_UPDATE       = join("", [for i in range(64) : "m"])
  }

  assert {
    condition     = length(output.cluster) == 32
    error_message = "The highest values must be accepted."
  }
}
