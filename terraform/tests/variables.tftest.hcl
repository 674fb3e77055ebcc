# The validations. A run gives one value to many variables at once, because each run plans the whole stack: the variables in
# expect_failures must refuse their value, all others must accept it. Terraform skips a rule that refers to another variable
# if that one is refused; such a variable gets its values in runs where the other one is valid.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

run "values_01" {
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
    # neither path nor PEM
    DATABASE_TLS_CA = "rds-ca"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # zero
    DB_PASSWORD_VERSION = 0
    # name
    DB_SECRET_ARN = "prod/db"
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
    # empty
    LEGACY_S3_OBJECT_PREFIX = ""
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
    # with VPC_ID
    SUBNET_IDS = ["subnet-0az9"]
    # empty
    TABLE_COLUMN_NAME_TO_UPDATE = ""
    # alias
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
    # empty
    TARGET_S3_BUCKET = ""
    # with a space
    THROTTLE_REPLICAS = ["replica one"]
    # name
    VPC_ID = "main"
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
    var.DB_SECRET_ARN,
    var.DB_SECRET_KMS_KEY_ARN,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KEY_LAYOUT,
    var.KMS_KEY_ARN,
    var.LEGACY_S3_OBJECT_PREFIX,
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
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
    var.VPC_ID,
  ]
}

run "values_02" {
  command = plan

  variables {
    # account too short
    ALARM_TOPIC_ARN = "arn:aws:sns:eu-central-1:12345678901:alarms"
    # zone
    AWS_REGION = "eu-central-1a"
    # broken
    BATCH_SIZE = 1.5
    # space
    CLUSTER_NAME = "re home"
    # one of two
    CONSUMER_EXTRA_STATEMENTS = [{ Action = ["s3:GetObject"], Resource = ["*"] }, { Effect = "deny", Action = ["s3:PutObject"], Resource = ["*"] }]
    # too much
    CONSUMER_MEMORY = 9216
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
    # relative path
    DATABASE_TLS_CA = "etc/ssl/rds.pem"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # broken
    DB_PASSWORD_VERSION = 1.5
    # without its end
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod"
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
    # slash only
    LEGACY_S3_OBJECT_PREFIX = "/"
    # odd
    LOG_RETENTION_DAYS = 2
    # without a key
    MANIFEST = "s3://lists/"
    # broken
    MAX_LOCK_WAITS = 1.5
    # too high
    MAX_REPLICA_LAG_SECONDS = 3600.1
    # role
    PERMISSIONS_BOUNDARY_ARN = "arn:aws:iam::123456789012:role/x"
    # one of two
    PRODUCER_EXTRA_STATEMENTS = [{ Action = ["s3:GetObject"], Resource = ["*"] }, { Effect = "deny", Action = ["s3:PutObject"], Resource = ["*"] }]
    # too much
    PRODUCER_MEMORY = 9216
    # user
    PRODUCER_ROLE_ARN = "arn:aws:iam::123456789012:user/x"
    # dot
    PRODUCER_SERVICE_NAME = "a.b"
    # digest too short
    REDIS_IMAGE = "redis@sha256:${join("", [for i in range(63) : "0"])}"
    # broken
    REDIS_PASSWORD_VERSION = 1.5
    # without its end
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod"
    # one of two
    REPLICA_SECURITY_GROUP_IDS = ["sg-0a", "replicas"]
    # id
    SOURCE_KMS_KEY_ARN = "1234abcd"
    # capitals
    SOURCE_S3_BUCKET = "Legacy-Images"
    # too short
    STOP_TIMEOUT_SECONDS = 9
    # with VPC_ID
    SUBNET_IDS = ["subnet-0az9"]
    # backtick
    TABLE_COLUMN_NAME_TO_UPDATE = "a`b"
    # id
    TARGET_KMS_KEY_ARN = "1234abcd"
    # capitals
    TARGET_S3_BUCKET = "Legacy-Images"
    # empty name
    THROTTLE_REPLICAS = [""]
    # text in front
    VPC_ID = "my-vpc-0a"
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
    var.DB_SECRET_ARN,
    var.DB_SECRET_KMS_KEY_ARN,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KEY_LAYOUT,
    var.KMS_KEY_ARN,
    var.LEGACY_S3_OBJECT_PREFIX,
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
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
    var.VPC_ID,
  ]
}

run "values_03" {
  command = plan

  variables {
    # account too long
    ALARM_TOPIC_ARN = "arn:aws:sns:eu-central-1:1234567890123:alarms"
    # capitals
    AWS_REGION = "EU-CENTRAL-1"
    # too high
    BATCH_SIZE = 10001
    # digit in front
    CLUSTER_NAME = "1rehome"
    # accepted
    CONSUMER_EXTRA_STATEMENTS = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["*"] }, { Effect = "Deny", Action = ["s3:PutObject"], Resource = ["*"] }]
    # too little
    CONSUMER_MEMORY = 1024
    # account too short
    CONSUMER_ROLE_ARN = "arn:aws:iam::12345678901:role/x"
    # broken
    CONSUMER_TASK_COUNT = 2.5
    # too high
    COPY_CONCURRENCY = 10001
    # of another tool
    CPU_ARCHITECTURE = "AMD64"
    # IPv6
    DATABASE_CIDR_BLOCKS = ["fd00::/8"]
    # scheme
    DATABASE_HOST = "jdbc:mariadb://db"
    # quote
    DATABASE_NAME = "a'b"
    # broken
    DATABASE_PORT = 3306.5
    # text in front
    DATABASE_SECURITY_GROUP_ID = "my-sg-0db"
    # dotted
    DATABASE_TABLE_TO_UPDATE = "shop.pictures"
    # empty
    DATABASE_TLS = ""
    # too long
    DATABASE_TLS_CA = "-----BEGIN CERTIFICATE-----${join("", [for i in range(167) : join("", [for k in range(147) : "x"])])}x"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # too high
    DB_PASSWORD_VERSION = 1000001
    # end too short
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy"
    # account too short
    DB_SECRET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:12345678901:key/a"
    # too long
    DB_USER = join("", [for i in range(129) : "a"])
    # with a tag
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "rehome:1"
    # with a tag
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "rehome:1"
    # account too short
    EXECUTION_ROLE_ARN = "arn:aws:iam::12345678901:role/x"
    # too long
    IMAGE_TAG = join("", [for i in range(123) : "a"])
    # capitals
    KEY_LAYOUT = "Prefix"
    # account too short
    KMS_KEY_ARN = "arn:aws:kms:eu-central-1:12345678901:key/a"
    # two slashes
    LEGACY_S3_OBJECT_PREFIX = "photo//a"
    # odd
    LOG_RETENTION_DAYS = 10
    # with a wildcard
    MANIFEST = "s3://lists/part*.csv"
    # too high
    MAX_LOCK_WAITS = 100001
    # accepted: lowest
    MAX_REPLICA_LAG_SECONDS = 0.5
    # account too short
    PERMISSIONS_BOUNDARY_ARN = "arn:aws:iam::12345678901:policy/x"
    # no size
    PRODUCER_CPU = 1000
    # accepted
    PRODUCER_EXTRA_STATEMENTS = [{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["*"] }, { Effect = "Deny", Action = ["s3:PutObject"], Resource = ["*"] }]
    # account too short
    PRODUCER_ROLE_ARN = "arn:aws:iam::12345678901:role/x"
    # too long
    PRODUCER_SERVICE_NAME = join("", [for i in range(223) : "a"])
    # digest too long
    REDIS_IMAGE = "redis@sha256:${join("", [for i in range(65) : "0"])}"
    # too high
    REDIS_PASSWORD_VERSION = 1000001
    # end too short
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls-Zz9Yy"
    # text in front
    REPLICA_SECURITY_GROUP_IDS = ["my-sg-0a"]
    # account too short
    SOURCE_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:12345678901:key/a"
    # underscore
    SOURCE_S3_BUCKET = "legacy_images"
    # broken
    STOP_TIMEOUT_SECONDS = 60.5
    # with VPC_ID
    SUBNET_IDS = ["subnet-0az9"]
    # dotted
    TABLE_COLUMN_NAME_TO_UPDATE = "shop.pictures"
    # account too short
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:12345678901:key/a"
    # underscore
    TARGET_S3_BUCKET = "legacy_images"
    # two in one
    THROTTLE_REPLICAS = ["a,b"]
    # text at the end
    VPC_ID = "vpc-0a."
  }

  expect_failures = [
    var.ALARM_TOPIC_ARN,
    var.AWS_REGION,
    var.BATCH_SIZE,
    var.CLUSTER_NAME,
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
    var.DB_SECRET_ARN,
    var.DB_SECRET_KMS_KEY_ARN,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KEY_LAYOUT,
    var.KMS_KEY_ARN,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.MAX_LOCK_WAITS,
    var.PERMISSIONS_BOUNDARY_ARN,
    var.PRODUCER_CPU,
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
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
    var.VPC_ID,
  ]
}

run "values_04" {
  command = plan

  variables {
    # text in front
    ALARM_TOPIC_ARN = "topic arn:aws:sns:eu-central-1:123456789012:alarms"
    # words
    AWS_REGION = "Frankfurt"
    # accepted: lowest
    BATCH_SIZE = 1
    # hyphen at the end
    CLUSTER_NAME = "rehome-"
    # no size
    CONSUMER_CPU = 1000
    # account too long
    CONSUMER_ROLE_ARN = "arn:aws:iam::1234567890123:role/x"
    # too many
    CONSUMER_TASK_COUNT = 5001
    # accepted: lowest
    COPY_CONCURRENCY = 1
    # accepted
    CPU_ARCHITECTURE = "ARM64"
    # one of two
    DATABASE_CIDR_BLOCKS = ["10.0.0.0/8", "10.0.0.1"]
    # space
    DATABASE_HOST = "db .example"
    # space
    DATABASE_NAME = "a b"
    # accepted: lowest
    DATABASE_PORT = 1
    # text at the end
    DATABASE_SECURITY_GROUP_ID = "sg-0db."
    # slash
    DATABASE_TABLE_TO_UPDATE = "a/b"
    # of another client
    DATABASE_TLS = "required"
    # accepted: path
    DATABASE_TLS_CA = "/etc/ssl/rds.pem"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # accepted: highest
    DB_PASSWORD_VERSION = 1000000
    # end too long
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8A"
    # account too long
    DB_SECRET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:1234567890123:key/a"
    # control character
    DB_USER = "re\u0007home"
    # with the registry
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome:1"
    # with the registry
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome:1"
    # account too long
    EXECUTION_ROLE_ARN = "arn:aws:iam::1234567890123:role/x"
    # dot in front
    IMAGE_TAG = ".1"
    # accepted
    KEY_LAYOUT = "flatten"
    # account too long
    KMS_KEY_ARN = "arn:aws:kms:eu-central-1:1234567890123:key/a"
    # star
    LEGACY_S3_OBJECT_PREFIX = "photo/*"
    # odd
    LOG_RETENTION_DAYS = 31
    # question mark
    MANIFEST = "s3://lists/a?b"
    # accepted: none
    MAX_LOCK_WAITS = 0
    # accepted: highest
    MAX_REPLICA_LAG_SECONDS = 3600
    # account too long
    PERMISSIONS_BOUNDARY_ARN = "arn:aws:iam::1234567890123:policy/x"
    # too small
    PRODUCER_CPU = 128
    # account too long
    PRODUCER_ROLE_ARN = "arn:aws:iam::1234567890123:role/x"
    # space
    PRODUCER_SERVICE_NAME = "a b"
    # space
    REDIS_IMAGE = "re dis:7.4"
    # accepted: highest
    REDIS_PASSWORD_VERSION = 1000000
    # end too long
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls-Zz9Yy8A"
    # text at the end
    REPLICA_SECURITY_GROUP_IDS = ["sg-0a."]
    # account too long
    SOURCE_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:1234567890123:key/a"
    # too short
    SOURCE_S3_BUCKET = "ab"
    # accepted: lowest
    STOP_TIMEOUT_SECONDS = 10
    # with VPC_ID
    SUBNET_IDS = ["subnet-0az9"]
    # slash
    TABLE_COLUMN_NAME_TO_UPDATE = "a/b"
    # account too long
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:1234567890123:key/a"
    # too short
    TARGET_S3_BUCKET = "ab"
    # one of two
    THROTTLE_REPLICAS = ["a", "b c"]
    # empty id
    VPC_ID = "vpc-"
  }

  expect_failures = [
    var.ALARM_TOPIC_ARN,
    var.AWS_REGION,
    var.CLUSTER_NAME,
    var.CONSUMER_CPU,
    var.CONSUMER_ROLE_ARN,
    var.CONSUMER_TASK_COUNT,
    var.DATABASE_CIDR_BLOCKS,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_SECURITY_GROUP_ID,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DATABASE_TLS,
    var.DB_SECRET_ARN,
    var.DB_SECRET_KMS_KEY_ARN,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KMS_KEY_ARN,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.PERMISSIONS_BOUNDARY_ARN,
    var.PRODUCER_CPU,
    var.PRODUCER_ROLE_ARN,
    var.PRODUCER_SERVICE_NAME,
    var.REDIS_IMAGE,
    var.REDIS_TLS_SECRET_ARN,
    var.REPLICA_SECURITY_GROUP_IDS,
    var.SOURCE_KMS_KEY_ARN,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_KMS_KEY_ARN,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
    var.VPC_ID,
  ]
}

run "values_05" {
  command = plan

  variables {
    # subscription
    ALARM_TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:alarms:0123"
    # one letter
    AWS_REGION = "e-central-1"
    # accepted: highest
    BATCH_SIZE = 10000
    # too long
    CLUSTER_NAME = join("", [for i in range(33) : "a"])
    # too large
    CONSUMER_CPU = 32768
    # text in front
    CONSUMER_ROLE_ARN = "role arn:aws:iam::123456789012:role/x"
    # space
    CONSUMER_SERVICE_NAME = "a b"
    # accepted: lowest
    CONSUMER_TASK_COUNT = 1
    # accepted: highest
    COPY_CONCURRENCY = 10000
    # accepted
    CPU_ARCHITECTURE = "X86_64"
    # accepted
    DATABASE_CIDR_BLOCKS = ["0.0.0.0/0"]
    # path
    DATABASE_HOST = "db/shop"
    # dotted
    DATABASE_NAME = "shop.pictures"
    # accepted: highest
    DATABASE_PORT = 65535
    # accepted
    DATABASE_SECURITY_GROUP_ID = "sg-0az9"
    # backslash
    DATABASE_TABLE_TO_UPDATE = "a\\b"
    # of another client
    DATABASE_TLS = "prefer"
    # accepted: longest
    DATABASE_TLS_CA = "-----BEGIN CERTIFICATE-----${join("", [for i in range(167) : join("", [for k in range(147) : "x"])])}"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # accepted
    DB_PASSWORD_VERSION = 2
    # with a key
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8:password::"
    # text in front
    DB_SECRET_KMS_KEY_ARN = "key arn:aws:kms:eu-central-1:123456789012:key/a"
    # line break
    DB_USER = "re\nhome"
    # too long
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = join("", [for i in range(257) : "a"])
    # too long
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = join("", [for i in range(257) : "a"])
    # text in front
    EXECUTION_ROLE_ARN = "role arn:aws:iam::123456789012:role/x"
    # hyphen in front
    IMAGE_TAG = "-1"
    # accepted
    KEY_LAYOUT = "prefix"
    # text in front
    KMS_KEY_ARN = "key arn:aws:kms:eu-central-1:123456789012:key/a"
    # question mark
    LEGACY_S3_OBJECT_PREFIX = "photo?"
    # odd
    LOG_RETENTION_DAYS = 100
    # policy variable
    MANIFEST = "s3://lists/$${aws:userid}"
    # accepted: highest
    MAX_LOCK_WAITS = 100000
    # text in front
    PERMISSIONS_BOUNDARY_ARN = "policy arn:aws:iam::aws:policy/x"
    # too large
    PRODUCER_CPU = 32768
    # text in front
    PRODUCER_ROLE_ARN = "role arn:aws:iam::123456789012:role/x"
    # accepted: every character
    PRODUCER_SERVICE_NAME = "0-_aZ9P"
    # capitals in front
    REDIS_IMAGE = "Redis:7.4"
    # accepted
    REDIS_PASSWORD_VERSION = 2
    # with a key
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls-Zz9Yy8:password::"
    # empty id
    REPLICA_SECURITY_GROUP_IDS = ["sg-"]
    # text in front
    SOURCE_KMS_KEY_ARN = "key arn:aws:kms:eu-central-1:123456789012:key/a"
    # too long
    SOURCE_S3_BUCKET = join("", [for i in range(64) : "b"])
    # accepted: highest
    STOP_TIMEOUT_SECONDS = 115
    # name
    SUBNET_IDS = ["private"]
    # backslash
    TABLE_COLUMN_NAME_TO_UPDATE = "a\\b"
    # text in front
    TARGET_KMS_KEY_ARN = "key arn:aws:kms:eu-central-1:123456789012:key/a"
    # too long
    TARGET_S3_BUCKET = join("", [for i in range(64) : "b"])
    # port too long
    THROTTLE_REPLICAS = ["a:123456"]
    # with SUBNET_IDS
    VPC_ID = "vpc-0az9"
  }

  expect_failures = [
    var.ALARM_TOPIC_ARN,
    var.AWS_REGION,
    var.CLUSTER_NAME,
    var.CONSUMER_CPU,
    var.CONSUMER_ROLE_ARN,
    var.CONSUMER_SERVICE_NAME,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DATABASE_TLS,
    var.DB_SECRET_ARN,
    var.DB_SECRET_KMS_KEY_ARN,
    var.DB_USER,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KMS_KEY_ARN,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.PERMISSIONS_BOUNDARY_ARN,
    var.PRODUCER_CPU,
    var.PRODUCER_ROLE_ARN,
    var.REDIS_IMAGE,
    var.REDIS_TLS_SECRET_ARN,
    var.REPLICA_SECURITY_GROUP_IDS,
    var.SOURCE_KMS_KEY_ARN,
    var.SOURCE_S3_BUCKET,
    var.SUBNET_IDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_KMS_KEY_ARN,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "values_06" {
  command = plan

  variables {
    # any topic
    ALARM_TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:*"
    # five letters
    AWS_REGION = "euabc-central-1"
    # one character
    CLUSTER_NAME = "r"
    # too small
    CONSUMER_CPU = 128
    # without a name
    CONSUMER_ROLE_ARN = "arn:aws:iam::123456789012:role/"
    # too long
    CONSUMER_SERVICE_NAME = join("", [for i in range(223) : "a"])
    # accepted: highest
    CONSUMER_TASK_COUNT = 5000
    # accepted
    DATABASE_CIDR_BLOCKS = ["10.0.0.0/8", "192.168.1.1/32"]
    # too long
    DATABASE_HOST = join("", [for i in range(254) : "a"])
    # statement
    DATABASE_NAME = "a;drop table b"
    # control character
    DATABASE_TABLE_TO_UPDATE = "a\nb"
    # accepted
    DATABASE_TLS = "disable"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # parameter
    DB_SECRET_ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/db-Zz9Yy8"
    # without an id
    DB_SECRET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/"
    # accepted: shortest
    DB_USER = "u"
    # too short
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "r"
    # too short
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "r"
    # without a name
    EXECUTION_ROLE_ARN = "arn:aws:iam::123456789012:role/"
    # space
    IMAGE_TAG = "1 0"
    # without an id
    KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/"
    # policy variable
    LEGACY_S3_OBJECT_PREFIX = "photo/$${aws:userid}"
    # odd
    LOG_RETENTION_DAYS = 366
    # backslash
    MANIFEST = "s3://lists/a\\b"
    # without a name
    PERMISSIONS_BOUNDARY_ARN = "arn:aws:iam::123456789012:policy/"
    # without a name
    PRODUCER_ROLE_ARN = "arn:aws:iam::123456789012:role/"
    # accepted: longest
    PRODUCER_SERVICE_NAME = join("", [for i in range(222) : "P"])
    # tag with a slash
    REDIS_IMAGE = "redis:7/4"
    # less than 512 MiB for the producer
    REDIS_MEMORY = 2561
    # parameter
    REDIS_TLS_SECRET_ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/db-Zz9Yy8"
    # accepted
    REPLICA_SECURITY_GROUP_IDS = ["sg-0az9", "sg-1"]
    # without an id
    SOURCE_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/"
    # address
    SOURCE_S3_BUCKET = "109.190.90.109"
    # one of two
    SUBNET_IDS = ["subnet-0a", "private"]
    # control character
    TABLE_COLUMN_NAME_TO_UPDATE = "a\nb"
    # without an id
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/"
    # address
    TARGET_S3_BUCKET = "109.190.90.109"
    # empty port
    THROTTLE_REPLICAS = ["a:"]
    # with SUBNET_IDS
    VPC_ID = "vpc-0az9"
  }

  expect_failures = [
    var.ALARM_TOPIC_ARN,
    var.AWS_REGION,
    var.CLUSTER_NAME,
    var.CONSUMER_CPU,
    var.CONSUMER_ROLE_ARN,
    var.CONSUMER_SERVICE_NAME,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DB_SECRET_ARN,
    var.DB_SECRET_KMS_KEY_ARN,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXECUTION_ROLE_ARN,
    var.IMAGE_TAG,
    var.KMS_KEY_ARN,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.PERMISSIONS_BOUNDARY_ARN,
    var.PRODUCER_ROLE_ARN,
    var.REDIS_IMAGE,
    var.REDIS_MEMORY,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_KMS_KEY_ARN,
    var.SOURCE_S3_BUCKET,
    var.SUBNET_IDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_KMS_KEY_ARN,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "values_07" {
  command = plan

  variables {
    # without a name
    ALARM_TOPIC_ARN = "arn:aws:sns:eu-central-1:123456789012:"
    # text in front
    AWS_REGION = "1eu-central-1"
    # dot
    CLUSTER_NAME = "re.home"
    # accepted: another partition
    CONSUMER_ROLE_ARN = "arn:aws-us-gov:iam::012345678901:role/team/Rehome"
    # dot
    CONSUMER_SERVICE_NAME = "a.b"
    # hyphen at the end
    DATABASE_HOST = "db-"
    # too long
    DATABASE_NAME = join("", [for i in range(65) : "a"])
    # too long
    DATABASE_TABLE_TO_UPDATE = join("", [for i in range(65) : "a"])
    # accepted
    DATABASE_TLS = "trust"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # account too short
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:12345678901:secret:prod/db-Zz9Yy8"
    # another service
    DB_SECRET_KMS_KEY_ARN = "arn:aws:s3:eu-central-1:123456789012:key/a"
    # accepted: every character
    DB_USER = "Re-home_1@%'größe"
    # slash at the end
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "team/"
    # slash at the end
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "team/"
    # accepted: another partition
    EXECUTION_ROLE_ARN = "arn:aws-us-gov:iam::012345678901:role/team/Rehome"
    # accepted: every character
    IMAGE_TAG = "_0aZ9.-_z"
    # another service
    KMS_KEY_ARN = "arn:aws:s3:eu-central-1:123456789012:key/a"
    # backslash
    LEGACY_S3_OBJECT_PREFIX = "photo\\a"
    # odd
    LOG_RETENTION_DAYS = 730
    # control character
    MANIFEST = "s3://lists/a\nb"
    # accepted: of AWS
    PERMISSIONS_BOUNDARY_ARN = "arn:aws-us-gov:iam::aws:policy/PowerUserAccess"
    # accepted: another partition
    PRODUCER_ROLE_ARN = "arn:aws-us-gov:iam::012345678901:role/team/Rehome"
    # accepted: shortest
    PRODUCER_SERVICE_NAME = "P"
    # empty tag
    REDIS_IMAGE = "redis:"
    # too little
    REDIS_MEMORY = 127
    # account too short
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:12345678901:secret:redis-tls-Zz9Yy8"
    # another service
    SOURCE_KMS_KEY_ARN = "arn:aws:s3:eu-central-1:123456789012:key/a"
    # two dots
    SOURCE_S3_BUCKET = "legacy..images"
    # text in front
    SUBNET_IDS = ["my-subnet-0a"]
    # too long
    TABLE_COLUMN_NAME_TO_UPDATE = join("", [for i in range(65) : "a"])
    # another service
    TARGET_KMS_KEY_ARN = "arn:aws:s3:eu-central-1:123456789012:key/a"
    # two dots
    TARGET_S3_BUCKET = "legacy..images"
    # open bracket
    THROTTLE_REPLICAS = ["[fd00::1"]
    # with SUBNET_IDS
    VPC_ID = "vpc-0az9"
  }

  expect_failures = [
    var.ALARM_TOPIC_ARN,
    var.AWS_REGION,
    var.CLUSTER_NAME,
    var.CONSUMER_SERVICE_NAME,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DB_SECRET_ARN,
    var.DB_SECRET_KMS_KEY_ARN,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.KMS_KEY_ARN,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.REDIS_IMAGE,
    var.REDIS_MEMORY,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_KMS_KEY_ARN,
    var.SOURCE_S3_BUCKET,
    var.SUBNET_IDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_KMS_KEY_ARN,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "values_08" {
  command = plan

  variables {
    # accepted: another partition, every character
    ALARM_TOPIC_ARN = "arn:aws-us-gov:sns:us-gov-west-1:012345678901:0aZ9_-z"
    # without a number
    AWS_REGION = "eu-central-"
    # accepted: shortest
    CLUSTER_NAME = "ab"
    # empty
    CONSUMER_SERVICE_NAME = ""
    # dot in front
    DATABASE_HOST = ".db"
    # backtick at the end
    DATABASE_NAME = "ab`"
    # space at the end
    DATABASE_TABLE_TO_UPDATE = "name "
    # accepted
    DATABASE_TLS = "verify-ca"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # account too long
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:1234567890123:secret:prod/db-Zz9Yy8"
    # accepted: another partition
    DB_SECRET_KMS_KEY_ARN = "arn:aws-us-gov:kms:us-gov-west-1:012345678901:key/mrk-0123456789abcdef"
    # accepted: longest
    DB_USER = join("", [for i in range(128) : "u"])
    # slash in front
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "/team"
    # slash in front
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "/team"
    # no name
    EXTRA_SETTINGS = { "on update" = "keep" }
    # accepted
    IMAGE_TAG = "9"
    # accepted: another partition
    KMS_KEY_ARN = "arn:aws-us-gov:kms:us-gov-west-1:012345678901:key/mrk-0123456789abcdef"
    # control character
    LEGACY_S3_OBJECT_PREFIX = "photo\u0007"
    # too long
    LOG_RETENTION_DAYS = 3654
    # address of a page
    MANIFEST = "https://s3://lists/part-1.csv"
    # accepted: own
    PERMISSIONS_BOUNDARY_ARN = "arn:aws:iam::012345678901:policy/team/boundary"
    # accepted: digest
    REDIS_IMAGE = "public.ecr.aws/example/redis@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
    # broken
    REDIS_MEMORY = 512.5
    # account too long
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:1234567890123:secret:redis-tls-Zz9Yy8"
    # accepted: another partition
    SOURCE_KMS_KEY_ARN = "arn:aws-us-gov:kms:us-gov-west-1:012345678901:key/mrk-0123456789abcdef"
    # hyphen at the end
    SOURCE_S3_BUCKET = "legacy-"
    # text at the end
    SUBNET_IDS = ["subnet-0a."]
    # space at the end
    TABLE_COLUMN_NAME_TO_UPDATE = "name "
    # accepted: another partition
    TARGET_KMS_KEY_ARN = "arn:aws-us-gov:kms:us-gov-west-1:012345678901:key/mrk-0123456789abcdef"
    # hyphen at the end
    TARGET_S3_BUCKET = "legacy-"
    # empty bracket
    THROTTLE_REPLICAS = ["[]"]
    # with SUBNET_IDS
    VPC_ID = "vpc-0az9"
  }

  expect_failures = [
    var.AWS_REGION,
    var.CONSUMER_SERVICE_NAME,
    var.DATABASE_HOST,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DB_SECRET_ARN,
    var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME,
    var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME,
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.REDIS_MEMORY,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_S3_BUCKET,
    var.SUBNET_IDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "values_09" {
  command = plan

  variables {
    # without a part
    AWS_REGION = "eu-1"
    # accepted: every character
    CLUSTER_NAME = "Z_0-9aZ9"
    # accepted: every character
    CONSUMER_SERVICE_NAME = "0-_aZ9C"
    # accepted: shortest
    DATABASE_HOST = "d"
    # backtick in front
    DATABASE_NAME = "`ab"
    # backtick at the end
    DATABASE_TABLE_TO_UPDATE = "ab`"
    # accepted
    DATABASE_TLS = "verify-full"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # text in front
    DB_SECRET_ARN = "secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
    # accepted: shortest
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "ab"
    # accepted: shortest
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "ab"
    # secret
    EXTRA_SETTINGS = { DB_PASSWORD = "x" }
    # accepted
    IMAGE_TAG = "Z"
    # line break inside
    LEGACY_S3_OBJECT_PREFIX = "photo\na"
    # broken
    LOG_RETENTION_DAYS = 1.5
    # capitals
    MANIFEST = "s3://Lists/part-1.csv"
    # accepted: every character
    REDIS_IMAGE = "0registry.example:5000/team/redis:_0aZ9.-_z"
    # accepted: highest
    REDIS_MEMORY = 2560
    # text in front
    REDIS_TLS_SECRET_ARN = "secret arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls-Zz9Yy8"
    # hyphen in front
    SOURCE_S3_BUCKET = "-legacy"
    # empty id
    SUBNET_IDS = ["subnet-"]
    # backtick at the end
    TABLE_COLUMN_NAME_TO_UPDATE = "ab`"
    # hyphen in front
    TARGET_S3_BUCKET = "-legacy"
    # no address
    THROTTLE_REPLICAS = ["[replica]"]
    # with SUBNET_IDS
    VPC_ID = "vpc-0az9"
  }

  expect_failures = [
    var.AWS_REGION,
    var.DATABASE_NAME,
    var.DATABASE_TABLE_TO_UPDATE,
    var.DB_SECRET_ARN,
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.LOG_RETENTION_DAYS,
    var.MANIFEST,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_S3_BUCKET,
    var.SUBNET_IDS,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "values_10" {
  command = plan

  variables {
    # accepted: every character
    CLUSTER_NAME = "aZ-_Z"
    # accepted: longest
    CONSUMER_SERVICE_NAME = join("", [for i in range(222) : "C"])
    # accepted: address
    DATABASE_HOST = "10.0.0.7"
    # accepted: shortest
    DATABASE_NAME = "m"
    # dot at the end
    DATABASE_TABLE_TO_UPDATE = "ab."
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # space
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db x-Zz9Yy8"
    # accepted: every character
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "0z9/a_b.c-d__e/9"
    # accepted: every character
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "0z9/a_b.c-d__e/9"
    # variable of its own
    EXTRA_SETTINGS = { BATCH_SIZE = "1" }
    # accepted: longest
    IMAGE_TAG = join("", [for i in range(122) : "t"])
    # blank
    LEGACY_S3_OBJECT_PREFIX = " "
    # accepted
    LOG_RETENTION_DAYS = 1
    # bucket too short
    MANIFEST = "s3://ab/part-1.csv"
    # accepted
    REDIS_IMAGE = "redis:9"
    # accepted: lowest
    REDIS_MEMORY = 128
    # space
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls x-Zz9Yy8"
    # url
    SOURCE_S3_BUCKET = "s3://legacy-images"
    # dot at the end
    TABLE_COLUMN_NAME_TO_UPDATE = "ab."
    # url
    TARGET_S3_BUCKET = "s3://legacy-images"
    # unbracketed
    THROTTLE_REPLICAS = ["fd00::1"]
  }

  expect_failures = [
    var.DATABASE_TABLE_TO_UPDATE,
    var.DB_SECRET_ARN,
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.MANIFEST,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "values_11" {
  command = plan

  variables {
    # accepted: longest
    CLUSTER_NAME = join("", [for i in range(32) : "a"])
    # accepted: shortest
    CONSUMER_SERVICE_NAME = "C"
    # accepted: every character
    DATABASE_HOST = "Z0DB_1-x.Example.COM9Z"
    # accepted: every character
    DATABASE_NAME = "0aZ9_$-z"
    # slash at the end
    DATABASE_TABLE_TO_UPDATE = "ab/"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # only its end
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:-Zz9Yy8"
    # accepted: longest
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = join("", [for i in range(256) : "a"])
    # accepted: longest
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = join("", [for i in range(256) : "a"])
    # another object store, which the network doesn't admit
    EXTRA_SETTINGS = { AWS_ENDPOINT_URL_S3 = "http://minio" }
    # space at the end
    LEGACY_S3_OBJECT_PREFIX = "photo "
    # accepted
    LOG_RETENTION_DAYS = 3
    # bucket too long
    MANIFEST = "s3://${join("", [for i in range(64) : "b"])}/part-1.csv"
    # accepted
    REDIS_IMAGE = "redis:Z"
    # only its end
    REDIS_TLS_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:-Zz9Yy8"
    # with a key
    SOURCE_S3_BUCKET = "legacy-images/image"
    # slash at the end
    TABLE_COLUMN_NAME_TO_UPDATE = "ab/"
    # with a key
    TARGET_S3_BUCKET = "legacy-images/image"
    # text in front
    THROTTLE_REPLICAS = ["//replica"]
  }

  expect_failures = [
    var.DATABASE_TABLE_TO_UPDATE,
    var.DB_SECRET_ARN,
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.MANIFEST,
    var.REDIS_TLS_SECRET_ARN,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_S3_BUCKET,
    var.THROTTLE_REPLICAS,
  ]
}

run "values_12" {
  command = plan

  variables {
    # accepted: longest
    DATABASE_HOST = join("", [for i in range(253) : "d"])
    # accepted: longest
    DATABASE_NAME = join("", [for i in range(64) : "m"])
    # backslash at the end
    DATABASE_TABLE_TO_UPDATE = "ab\\"
    # with DB_SECRET_ARN
    DB_PASSWORD = null
    # accepted: another partition, every character
    DB_SECRET_ARN = "arn:aws-us-gov:secretsmanager:us-gov-west-1:012345678901:secret:0aZ9/_+=.@!-z-A0zZ9a"
    # role name
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "writer" }
    # space in front
    LEGACY_S3_OBJECT_PREFIX = " photo"
    # accepted
    LOG_RETENTION_DAYS = 5
    # accepted: shortest
    MANIFEST = "s3://0-9/k"
    # accepted
    REDIS_IMAGE = "r:z"
    # accepted: another partition, every character
    REDIS_TLS_SECRET_ARN = "arn:aws-us-gov:secretsmanager:us-gov-west-1:012345678901:secret:0aZ9/_+=.@!-z-A0zZ9a"
    # access point
    SOURCE_S3_BUCKET = "images-ap-s3alias"
    # backslash at the end
    TABLE_COLUMN_NAME_TO_UPDATE = "ab\\"
    # access point
    TARGET_S3_BUCKET = "images-ap-s3alias"
    # accepted: every character
    THROTTLE_REPLICAS = ["Replica_1-a.example.com", "0z9Z:65535", "[fd00::9:AF0:10.0.0.1]:3307", "a"]
  }

  expect_failures = [
    var.DATABASE_TABLE_TO_UPDATE,
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_S3_BUCKET,
  ]
}

run "values_13" {
  command = plan

  variables {
    # accepted: RDS
    DATABASE_HOST = "shop.cluster-abc123.eu-central-1.rds.amazonaws.com"
    # control character at the end
    DATABASE_TABLE_TO_UPDATE = "ab\u0007"
    # any role
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws:iam::210987654321:role/*" }
    # too long
    LEGACY_S3_OBJECT_PREFIX = join("", [for i in range(513) : "p"])
    # accepted
    LOG_RETENTION_DAYS = 7
    # accepted: every character
    MANIFEST = "s3://9my.0lists-0/parts of 1/größe.csv"
    # reserved beginning
    SOURCE_S3_BUCKET = "xn--images"
    # control character at the end
    TABLE_COLUMN_NAME_TO_UPDATE = "ab\u0007"
    # reserved beginning
    TARGET_S3_BUCKET = "xn--images"
  }

  expect_failures = [
    var.DATABASE_TABLE_TO_UPDATE,
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.SOURCE_S3_BUCKET,
    var.TABLE_COLUMN_NAME_TO_UPDATE,
    var.TARGET_S3_BUCKET,
  ]
}

run "values_14" {
  command = plan

  variables {
    # accepted: shortest
    DATABASE_TABLE_TO_UPDATE = "t"
    # any role of a team
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws:iam::210987654321:role/team-?" }
    # slash in front
    LEGACY_S3_OBJECT_PREFIX = "/photo"
    # accepted
    LOG_RETENTION_DAYS = 14
    # accepted: longest bucket
    MANIFEST = "s3://${join("", [for i in range(63) : "b"])}/part-1.csv"
    # reserved beginning
    SOURCE_S3_BUCKET = "sthree-images"
    # accepted: shortest
    TABLE_COLUMN_NAME_TO_UPDATE = "t"
    # reserved beginning
    TARGET_S3_BUCKET = "sthree-images"
    # empty
    TEMP_TABLE_FOR_UPDATE = ""
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.LEGACY_S3_OBJECT_PREFIX,
    var.SOURCE_S3_BUCKET,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_15" {
  command = plan

  variables {
    # accepted: other letters
    DATABASE_TABLE_TO_UPDATE = "Bild des Benutzers (Größe 2)"
    # policy variable
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws:iam::210987654321:role/$${aws:username}" }
    # accepted: inner space, other letters
    LEGACY_S3_OBJECT_PREFIX = "bilder/größe 1"
    # accepted
    LOG_RETENTION_DAYS = 30
    # directory bucket
    SOURCE_S3_BUCKET = "images--x-s3"
    # accepted: other letters
    TABLE_COLUMN_NAME_TO_UPDATE = "Bild des Benutzers (Größe 2)"
    # slash only
    TARGET_OBJECT_PREFIX = "/"
    # directory bucket
    TARGET_S3_BUCKET = "images--x-s3"
    # backtick
    TEMP_TABLE_FOR_UPDATE = "a`b"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.SOURCE_S3_BUCKET,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_16" {
  command = plan

  variables {
    # accepted: longest
    DATABASE_TABLE_TO_UPDATE = "${join("", [for i in range(62) : "t"])} x"
    # no role
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws:iam::210987654321:role/" }
    # accepted: longest
    LEGACY_S3_OBJECT_PREFIX = join("", [for i in range(512) : "l"])
    # accepted
    LOG_RETENTION_DAYS = 60
    # object Lambda
    SOURCE_S3_BUCKET = "images--ol-s3"
    # accepted: longest
    TABLE_COLUMN_NAME_TO_UPDATE = "${join("", [for i in range(62) : "t"])} x"
    # two slashes
    TARGET_OBJECT_PREFIX = "avatar//a"
    # object Lambda
    TARGET_S3_BUCKET = "images--ol-s3"
    # quote
    TEMP_TABLE_FOR_UPDATE = "a'b"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.SOURCE_S3_BUCKET,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_17" {
  command = plan

  variables {
    # accepted: dollar
    DATABASE_TABLE_TO_UPDATE = "t$pictures_2"
    # account too short
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws:iam::21098765432:role/writer" }
    # accepted
    LOG_RETENTION_DAYS = 90
    # multi-Region access point
    SOURCE_S3_BUCKET = "images.mrap"
    # accepted: dollar
    TABLE_COLUMN_NAME_TO_UPDATE = "t$pictures_2"
    # star
    TARGET_OBJECT_PREFIX = "avatar/*"
    # multi-Region access point
    TARGET_S3_BUCKET = "images.mrap"
    # space
    TEMP_TABLE_FOR_UPDATE = "a b"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.SOURCE_S3_BUCKET,
    var.TARGET_OBJECT_PREFIX,
    var.TARGET_S3_BUCKET,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_18" {
  command = plan

  variables {
    # account too long
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws:iam::2109876543210:role/writer" }
    # accepted
    LOG_RETENTION_DAYS = 120
    # accepted: shortest
    SOURCE_S3_BUCKET = "0-9"
    # question mark
    TARGET_OBJECT_PREFIX = "avatar?"
    # accepted: shortest
    TARGET_S3_BUCKET = "0-9"
    # dotted
    TEMP_TABLE_FOR_UPDATE = "shop.pictures"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_19" {
  command = plan

  variables {
    # text in front
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "role arn:aws:iam::210987654321:role/writer" }
    # accepted
    LOG_RETENTION_DAYS = 150
    # accepted: reserved endings in the middle
    SOURCE_S3_BUCKET = "x.xn--s3alias-s3.mrap-1"
    # policy variable
    TARGET_OBJECT_PREFIX = "avatar/$${aws:userid}"
    # accepted: reserved endings in the middle
    TARGET_S3_BUCKET = "x.xn--s3alias-s3.mrap-1"
    # statement
    TEMP_TABLE_FOR_UPDATE = "a;drop table b"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_20" {
  command = plan

  variables {
    # user
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws:iam::210987654321:user/writer" }
    # accepted
    LOG_RETENTION_DAYS = 180
    # accepted: numbers but no address
    SOURCE_S3_BUCKET = "a10.20.30.40"
    # backslash
    TARGET_OBJECT_PREFIX = "avatar\\a"
    # accepted: numbers but no address
    TARGET_S3_BUCKET = "a10.20.30.40"
    # too long
    TEMP_TABLE_FOR_UPDATE = join("", [for i in range(65) : "a"])
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_21" {
  command = plan

  variables {
    # key without a right
    EXTRA_SETTINGS = { TARGET_KMS_KEY_ID = "arn:aws:kms:eu-central-1:123456789012:key/other" }
    # accepted
    LOG_RETENTION_DAYS = 365
    # accepted: numbers but no address
    SOURCE_S3_BUCKET = "10.20.30.40a"
    # control character
    TARGET_OBJECT_PREFIX = "avatar\u0007"
    # accepted: numbers but no address
    TARGET_S3_BUCKET = "10.20.30.40a"
    # backtick at the end
    TEMP_TABLE_FOR_UPDATE = "ab`"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_22" {
  command = plan

  variables {
    # misspelled
    EXTRA_SETTINGS = { ON_UPDATE_TIMESTAMP = "keep" }
    # accepted
    LOG_RETENTION_DAYS = 400
    # accepted: longest
    SOURCE_S3_BUCKET = join("", [for i in range(63) : "b"])
    # line break inside
    TARGET_OBJECT_PREFIX = "avatar\na"
    # accepted: longest
    TARGET_S3_BUCKET = join("", [for i in range(63) : "b"])
    # backtick in front
    TEMP_TABLE_FOR_UPDATE = "`ab"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
    var.TEMP_TABLE_FOR_UPDATE,
  ]
}

run "values_23" {
  command = plan

  variables {
    # credentials
    EXTRA_SETTINGS = { AWS_ACCESS_KEY_ID = "x" }
    # accepted
    LOG_RETENTION_DAYS = 545
    # blank
    TARGET_OBJECT_PREFIX = " "
    # accepted: shortest
    TEMP_TABLE_FOR_UPDATE = "m"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
  ]
}

run "values_24" {
  command = plan

  variables {
    # would restart Redis
    EXTRA_SETTINGS = { CONSUMER_TASK_COUNT = "3" }
    # accepted
    LOG_RETENTION_DAYS = 731
    # space at the end
    TARGET_OBJECT_PREFIX = "avatar "
    # accepted: every character
    TEMP_TABLE_FOR_UPDATE = "0aZ9_$-z"
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
  ]
}

run "values_25" {
  command = plan

  variables {
    # one of two
    EXTRA_SETTINGS = { ON_UPDATE_TIMESTAMPS = "keep", REDIS_HOST = "other" }
    # accepted
    LOG_RETENTION_DAYS = 1096
    # space in front
    TARGET_OBJECT_PREFIX = " avatar"
    # accepted: longest
    TEMP_TABLE_FOR_UPDATE = join("", [for i in range(64) : "m"])
  }

  expect_failures = [
    var.EXTRA_SETTINGS,
    var.TARGET_OBJECT_PREFIX,
  ]
}

run "values_26" {
  command = plan

  variables {
    # accepted: no role
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "" }
    # accepted
    LOG_RETENTION_DAYS = 1827
    # too long
    TARGET_OBJECT_PREFIX = join("", [for i in range(513) : "a"])
  }

  expect_failures = [
    var.TARGET_OBJECT_PREFIX,
  ]
}

run "values_27" {
  command = plan

  variables {
    # accepted: another partition
    EXTRA_SETTINGS = { TARGET_ROLE_ARN = "arn:aws-us-gov:iam::012345678901:role/team/Writer+=,.@_-0" }
    # accepted
    LOG_RETENTION_DAYS = 2192
    # slash in front
    TARGET_OBJECT_PREFIX = "/avatar"
  }

  expect_failures = [
    var.TARGET_OBJECT_PREFIX,
  ]
}

run "accepted_01" {
  command = plan

  variables {
    LOG_RETENTION_DAYS = 2557
    # the bucket itself
    TARGET_OBJECT_PREFIX = ""
  }
}

run "accepted_02" {
  command = plan

  variables {
    LOG_RETENTION_DAYS = 2922
    # inner space, other letters
    TARGET_OBJECT_PREFIX = "neue bilder/größe 1/"
  }
}

run "accepted_03" {
  command = plan

  variables {
    LOG_RETENTION_DAYS = 3288
    # begins like the legacy prefix
    TARGET_OBJECT_PREFIX = "image-new"
  }
}

run "accepted_04" {
  command = plan

  variables {
    LOG_RETENTION_DAYS = 3653
    # longest
    TARGET_OBJECT_PREFIX = join("", [for i in range(512) : "n"])
  }
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

run "VPC_ID_subnets_without_it" {
  command = plan

  variables {
    SUBNET_IDS = ["subnet-0a"]
  }

  expect_failures = [var.VPC_ID]
}

run "VPC_ID_without_subnets" {
  command = plan

  variables {
    VPC_ID = "vpc-0a"
  }

  expect_failures = [var.VPC_ID]
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

run "names_in_use" {
  command = plan

  variables {
    # same as producer
    CONSUMER_SERVICE_NAME = "s3Mig_producer_service"
    # table itself
    TEMP_TABLE_FOR_UPDATE = "Pictures"
  }

  expect_failures = [var.CONSUMER_SERVICE_NAME, var.TEMP_TABLE_FOR_UPDATE]
}

run "accepts_one_bucket_two_prefixes" {
  command = plan

  variables {
    TARGET_S3_BUCKET   = "legacy-images"
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:key/target"
    # the key that TARGET_KMS_KEY_ARN grants
    EXTRA_SETTINGS = { TARGET_KMS_KEY_ID = "arn:aws:kms:eu-central-1:123456789012:key/target" }
  }
}

run "accepts_target_above_legacy" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image/old"
    TARGET_OBJECT_PREFIX    = "image"
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

run "accepts_sovereign_region" {
  command = plan

  override_data {
    target = data.aws_region.current
    values = {
      region = "eusc-de-east-1"
    }
  }

  variables {
    AWS_REGION = "eusc-de-east-1"
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

# The dashboard and the webhook.

run "operator_names" {
  command = plan

  variables {
    HTTP_TOKEN_SECRET_ARN = "dashboard"
    WEBHOOK_SECRET_ARN    = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    WEBHOOK_URL           = "hooks.example.com"
  }

  expect_failures = [
    var.HTTP_TOKEN_SECRET_ARN,
    var.WEBHOOK_URL,
  ]
}

run "operator_unknown_places" {
  command = plan

  variables {
    HTTP_BIND          = "localhost"
    WEBHOOK_SECRET_ARN = "webhook"
    WEBHOOK_URL        = "https://hooks.example.com/rehome"
  }

  expect_failures = [
    var.HTTP_BIND,
    var.WEBHOOK_SECRET_ARN,
  ]
}

run "operator_clients_by_name" {
  command = plan

  variables {
    HTTP_BIND                      = "0.0.0.0"
    HTTP_CLIENT_CIDR_BLOCKS        = ["bastion"]
    HTTP_CLIENT_SECURITY_GROUP_IDS = ["bastion"]
    HTTP_TOKEN_SECRET_ARN          = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dashboard-Aa1Bb2"
    WEBHOOK_SECRET_ARN             = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    WEBHOOK_URL                    = "http://hooks.example.com"
  }

  expect_failures = [
    var.HTTP_CLIENT_CIDR_BLOCKS,
    var.HTTP_CLIENT_SECURITY_GROUP_IDS,
    var.WEBHOOK_URL,
  ]
}

run "operator_without_what_they_need" {
  command = plan

  variables {
    HTTP_BIND   = "0.0.0.0"
    WEBHOOK_URL = "https://hooks.example.com/rehome"
  }

  expect_failures = [
    var.HTTP_BIND,
    var.WEBHOOK_SECRET_ARN,
  ]
}

run "operator_closed" {
  command = plan

  variables {
    HTTP_CLIENT_CIDR_BLOCKS        = ["10.0.0.0/16"]
    HTTP_CLIENT_SECURITY_GROUP_IDS = ["sg-0az9"]
    WEBHOOK_SECRET_ARN             = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
  }

  expect_failures = [
    var.HTTP_CLIENT_CIDR_BLOCKS,
    var.HTTP_CLIENT_SECURITY_GROUP_IDS,
    var.WEBHOOK_SECRET_ARN,
  ]
}

run "operator_open_to_all" {
  command = plan

  variables {
    HTTP_BIND                      = "0.0.0.0"
    HTTP_CLIENT_CIDR_BLOCKS        = ["0.0.0.0/0"]
    HTTP_CLIENT_SECURITY_GROUP_IDS = ["sg-"]
    HTTP_TOKEN_SECRET_ARN          = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dashboard-Aa1Bb2"
    WEBHOOK_SECRET_ARN             = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    WEBHOOK_URL                    = "https://user:password@hooks.example.com/"
  }

  expect_failures = [
    var.HTTP_CLIENT_CIDR_BLOCKS,
    var.HTTP_CLIENT_SECURITY_GROUP_IDS,
    var.WEBHOOK_URL,
  ]
}

run "operator_incomplete_arns" {
  command = plan

  variables {
    HTTP_TOKEN_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dashboard-Aa1Bb"
    WEBHOOK_SECRET_ARN    = "arn:aws:secretsmanager:eu-central-1:12345678901:secret:webhook-Cc3Dd4"
    WEBHOOK_URL           = "https://hooks.example.com/rehome"
  }

  expect_failures = [
    var.HTTP_TOKEN_SECRET_ARN,
    var.WEBHOOK_SECRET_ARN,
  ]
}

run "operator_other_forms" {
  command = plan

  variables {
    HTTP_BIND          = "::"
    WEBHOOK_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    WEBHOOK_URL        = "https://hooks.example.com:8443/"
  }

  expect_failures = [
    var.HTTP_BIND,
    var.WEBHOOK_URL,
  ]
}

run "operator_other_services" {
  command = plan

  variables {
    HTTP_TOKEN_SECRET_ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/dashboard-Aa1Bb2"
    WEBHOOK_SECRET_ARN    = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    WEBHOOK_URL           = "https://hooks.example.com/a b"
  }

  expect_failures = [
    var.HTTP_TOKEN_SECRET_ARN,
    var.WEBHOOK_URL,
  ]
}

run "operator_keys_of_secrets" {
  command = plan

  variables {
    WEBHOOK_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4:key::"
    WEBHOOK_URL        = "https://hooks.example.com/rehome"
  }

  expect_failures = [
    var.WEBHOOK_SECRET_ARN,
  ]
}

run "accepts_operator_settings" {
  command = plan

  variables {
    HTTP_BIND             = "0.0.0.0"
    HTTP_TOKEN_SECRET_ARN = "arn:aws-us-gov:secretsmanager:us-gov-west-1:012345678901:secret:team/dashboard-Aa1Bb2"
    WEBHOOK_SECRET_ARN    = "arn:aws-us-gov:secretsmanager:us-gov-west-1:012345678901:secret:team/webhook-Cc3Dd4"
    WEBHOOK_URL           = "https://hooks.example.com:443?team=images"
  }

  assert {
    condition     = length(aws_vpc_security_group_ingress_rule.dashboard) == 0
    error_message = "HTTP_BIND alone must admit nobody."
  }
}
