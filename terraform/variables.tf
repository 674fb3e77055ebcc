# Every setting. The names in capitals are the names of the environment variables that the containers get.

# The objects

variable "SOURCE_S3_BUCKET" {
  description = "Bucket that holds the legacy objects. It is only read."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.SOURCE_S3_BUCKET))
    error_message = "SOURCE_S3_BUCKET must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends."
  }

  validation {
    condition     = !can(regex("[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^(xn--|sthree-)|(-s3alias|--ol-s3|--x-s3|[.]mrap)$", var.SOURCE_S3_BUCKET))
    error_message = "SOURCE_S3_BUCKET must be a general purpose bucket: no address, no two dots in a row, no access point and none of the forms that S3 reserves."
  }
}

variable "TARGET_S3_BUCKET" {
  description = "Bucket that the objects are copied to. It may be the source bucket, with another prefix."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.TARGET_S3_BUCKET))
    error_message = "TARGET_S3_BUCKET must be the name of a bucket: 3 to 63 lower-case letters, digits, dots and hyphens, with a letter or digit at both ends."
  }

  validation {
    condition     = !can(regex("[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^(xn--|sthree-)|(-s3alias|--ol-s3|--x-s3|[.]mrap)$", var.TARGET_S3_BUCKET))
    error_message = "TARGET_S3_BUCKET must be a general purpose bucket: no address, no two dots in a row, no access point and none of the forms that S3 reserves."
  }
}

variable "LEGACY_S3_OBJECT_PREFIX" {
  description = "Folder of the legacy objects, which all keys to be migrated begin with. A slash at the end is added when it is missing."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^/]", var.LEGACY_S3_OBJECT_PREFIX))
    error_message = "LEGACY_S3_OBJECT_PREFIX must name a folder: not empty, and not beginning with a slash."
  }

  validation {
    condition     = !strcontains(var.LEGACY_S3_OBJECT_PREFIX, "//")
    error_message = "LEGACY_S3_OBJECT_PREFIX must not hold two slashes in a row."
  }

  validation {
    condition     = !can(regex("[*?$\\\\[:cntrl:]]|^\\s|\\s$", var.LEGACY_S3_OBJECT_PREFIX))
    error_message = "LEGACY_S3_OBJECT_PREFIX must not hold *, ?, $ or a backslash (an IAM policy would read them as wildcards), control characters, or space at either end."
  }

  validation {
    condition     = length(var.LEGACY_S3_OBJECT_PREFIX) <= 512
    error_message = "LEGACY_S3_OBJECT_PREFIX must have at most 512 characters: the key of an object has 1024 bytes."
  }
}

variable "TARGET_OBJECT_PREFIX" {
  description = "Folder in the target bucket that takes the place of the legacy one in each key. A slash at the end is added when it is missing."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^/]", var.TARGET_OBJECT_PREFIX))
    error_message = "TARGET_OBJECT_PREFIX must name a folder: not empty, and not beginning with a slash."
  }

  validation {
    condition     = !strcontains(var.TARGET_OBJECT_PREFIX, "//")
    error_message = "TARGET_OBJECT_PREFIX must not hold two slashes in a row."
  }

  validation {
    condition     = !can(regex("[*?$\\\\[:cntrl:]]|^\\s|\\s$", var.TARGET_OBJECT_PREFIX))
    error_message = "TARGET_OBJECT_PREFIX must not hold *, ?, $ or a backslash (an IAM policy would read them as wildcards), control characters, or space at either end."
  }

  validation {
    condition     = length(var.TARGET_OBJECT_PREFIX) <= 512
    error_message = "TARGET_OBJECT_PREFIX must have at most 512 characters: the key of an object has 1024 bytes."
  }

  validation {
    condition     = !startswith("${trimsuffix(var.TARGET_OBJECT_PREFIX, "/")}/", "${trimsuffix(var.LEGACY_S3_OBJECT_PREFIX, "/")}/")
    error_message = "TARGET_OBJECT_PREFIX must not be LEGACY_S3_OBJECT_PREFIX or a folder inside it, in another bucket neither: a migrated row could not be told from a legacy one."
  }
}

variable "KEY_LAYOUT" {
  description = "What becomes of the rest of a key: \"prefix\" keeps it below the target prefix, \"flatten\" keeps its last part only."
  type        = string
  default     = "prefix"
  nullable    = false

  validation {
    condition     = contains(["prefix", "flatten"], var.KEY_LAYOUT)
    error_message = "KEY_LAYOUT must be one of: prefix, flatten."
  }
}

variable "MANIFEST" {
  description = "Object that lists the keys to be moved, and new keys, as s3://bucket/key. Without it, all below the legacy prefix. With it the consumers may read and write the two buckets whole: keys in a manifest may be any."
  type        = string
  default     = null

  validation {
    condition     = var.MANIFEST == null ? true : can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+$", var.MANIFEST))
    error_message = "MANIFEST must name an object as s3://bucket/key."
  }

  validation {
    condition     = var.MANIFEST == null ? true : !can(regex("[*?$\\\\[:cntrl:]]", var.MANIFEST))
    error_message = "MANIFEST must not hold *, ?, $ or a backslash (an IAM policy would read them as wildcards), or control characters."
  }
}

variable "SOURCE_KMS_KEY_ARN" {
  description = "KMS key of the source bucket, if its objects are encrypted with one of your own."
  type        = string
  default     = null

  validation {
    condition     = var.SOURCE_KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.SOURCE_KMS_KEY_ARN))
    error_message = "SOURCE_KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "TARGET_KMS_KEY_ARN" {
  description = "KMS key of the target bucket, if its objects are encrypted with one of your own."
  type        = string
  default     = null

  validation {
    condition     = var.TARGET_KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.TARGET_KMS_KEY_ARN))
    error_message = "TARGET_KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

# The database

variable "DATABASE_HOST" {
  description = "Host name or address of MariaDB, without port."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?$", var.DATABASE_HOST)) && length(var.DATABASE_HOST) <= 253
    error_message = "DATABASE_HOST must be a host name or an IPv4 address alone: no scheme, no port, no path."
  }
}

variable "DATABASE_PORT" {
  description = "Port of MariaDB."
  type        = number
  default     = 3306
  nullable    = false

  validation {
    condition     = var.DATABASE_PORT >= 1 && var.DATABASE_PORT <= 65535 && floor(var.DATABASE_PORT) == var.DATABASE_PORT
    error_message = "DATABASE_PORT must be a whole number from 1 to 65535."
  }
}

variable "DATABASE_NAME" {
  description = "Database that holds the table."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_$-]{1,64}$", var.DATABASE_NAME))
    error_message = "DATABASE_NAME must be one plain name of at most 64 letters, digits, _, $ or -, without quotes and without a database in front."
  }
}

variable "DATABASE_TABLE_TO_UPDATE" {
  description = "Table whose rows point at the objects."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_$-]{1,64}$", var.DATABASE_TABLE_TO_UPDATE))
    error_message = "DATABASE_TABLE_TO_UPDATE must be one plain name of at most 64 letters, digits, _, $ or -, without quotes and without a database in front."
  }
}

variable "TABLE_COLUMN_NAME_TO_UPDATE" {
  description = "Column that holds the key of the object."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_$-]{1,64}$", var.TABLE_COLUMN_NAME_TO_UPDATE))
    error_message = "TABLE_COLUMN_NAME_TO_UPDATE must be one plain name of at most 64 letters, digits, _, $ or -, without quotes and without a database in front."
  }
}

variable "TEMP_TABLE_FOR_UPDATE" {
  description = "Name of the mapping table, which the program makes in the same database: old and new location of each record."
  type        = string
  default     = "rehome_mapping"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_$-]{1,64}$", var.TEMP_TABLE_FOR_UPDATE))
    error_message = "TEMP_TABLE_FOR_UPDATE must be one plain name of at most 64 letters, digits, _, $ or -, without quotes and without a database in front."
  }

  validation {
    condition     = lower(var.TEMP_TABLE_FOR_UPDATE) != lower(var.DATABASE_TABLE_TO_UPDATE)
    error_message = "TEMP_TABLE_FOR_UPDATE must not be the table that is to be updated."
  }
}

variable "DB_USER" {
  description = "User of the database. It needs SELECT, CREATE, DROP, INSERT and UPDATE."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^[:space:][:cntrl:]]{1,128}$", var.DB_USER))
    error_message = "DB_USER must be a user name of 1 to 128 characters without space."
  }
}

variable "DB_PASSWORD" {
  description = "Password of DB_USER, best given as the environment variable TF_VAR_DB_PASSWORD. It goes to Secrets Manager and never to the state. Leave it out with DB_SECRET_ARN."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = (var.DB_PASSWORD == null) != (var.DB_SECRET_ARN == null)
    error_message = "Give either DB_PASSWORD (best as the environment variable TF_VAR_DB_PASSWORD) or DB_SECRET_ARN, and not both."
  }

  validation {
    condition     = var.DB_PASSWORD != ""
    error_message = "DB_PASSWORD must not be empty."
  }
}

variable "DB_PASSWORD_VERSION" {
  description = "Raise it by one when DB_PASSWORD has changed: a password that is never stored can not be compared."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.DB_PASSWORD_VERSION >= 1 && var.DB_PASSWORD_VERSION <= 1000000 && floor(var.DB_PASSWORD_VERSION) == var.DB_PASSWORD_VERSION
    error_message = "DB_PASSWORD_VERSION must be a whole number from 1 to 1000000."
  }
}

variable "DB_SECRET_ARN" {
  description = "Secret in Secrets Manager that you have already, as JSON with the key \"password\". No secret is made then, and the program follows its rotation."
  type        = string
  default     = null

  validation {
    condition     = var.DB_SECRET_ARN == null ? true : can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@!-]+-[0-9A-Za-z]{6}$", var.DB_SECRET_ARN))
    error_message = "DB_SECRET_ARN must be the whole ARN of a secret, with the six characters at its end."
  }
}

variable "DB_SECRET_KMS_KEY_ARN" {
  description = "KMS key of DB_SECRET_ARN, if the secret is encrypted with one of your own."
  type        = string
  default     = null

  validation {
    condition     = var.DB_SECRET_KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.DB_SECRET_KMS_KEY_ARN))
    error_message = "DB_SECRET_KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "DATABASE_TLS" {
  description = "TLS to the database: \"disable\", \"trust\" (encrypted, any certificate), \"verify-ca\" or \"verify-full\" (the host name too)."
  type        = string
  default     = "verify-full"
  nullable    = false

  validation {
    condition     = contains(["disable", "trust", "verify-ca", "verify-full"], var.DATABASE_TLS)
    error_message = "DATABASE_TLS must be one of: disable, trust, verify-ca, verify-full."
  }
}

variable "DATABASE_TLS_CA" {
  description = "Certificates (PEM) that the database's certificate is checked against, or the path of such a file in the image. RDS needs its regional bundle. null: the trust store of Java."
  type        = string
  default     = null

  validation {
    condition     = var.DATABASE_TLS_CA == null ? true : can(regex("^/|-----BEGIN CERTIFICATE-----", var.DATABASE_TLS_CA))
    error_message = "DATABASE_TLS_CA must be certificates in PEM form, or an absolute path in the image."
  }

  validation {
    condition     = var.DATABASE_TLS_CA == null ? true : length(var.DATABASE_TLS_CA) <= 24576
    error_message = "DATABASE_TLS_CA must have at most 24 KiB, since a task definition has 64: take the bundle of the region, not the global one."
  }
}

variable "DATABASE_SECURITY_GROUP_ID" {
  description = "Security group of the database. It then lets both services in, and they reach no other host on this port."
  type        = string
  default     = null

  validation {
    condition     = var.DATABASE_SECURITY_GROUP_ID == null ? true : can(regex("^sg-[0-9a-z]+$", var.DATABASE_SECURITY_GROUP_ID))
    error_message = "DATABASE_SECURITY_GROUP_ID must be the id of a security group (sg-...)."
  }
}

variable "DATABASE_CIDR_BLOCKS" {
  description = "Addresses where the database may be, when DATABASE_SECURITY_GROUP_ID is not given. null: the addresses of the VPC."
  type        = list(string)
  default     = null

  validation {
    condition     = var.DATABASE_CIDR_BLOCKS == null ? true : alltrue([for block in var.DATABASE_CIDR_BLOCKS : can(cidrnetmask(block))]) && length(var.DATABASE_CIDR_BLOCKS) > 0
    error_message = "DATABASE_CIDR_BLOCKS must be IPv4 blocks such as 10.0.0.0/16, at least one."
  }
}

# The place

variable "AWS_REGION" {
  description = "Region that the services run in, best the one of the buckets."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$", var.AWS_REGION))
    error_message = "AWS_REGION must be the name of a region, such as eu-central-1."
  }
}

variable "VPC_ID" {
  description = "VPC to run in, together with SUBNET_IDS. null: the default VPC of the region."
  type        = string
  default     = null

  validation {
    condition     = var.VPC_ID == null ? true : can(regex("^vpc-[0-9a-z]+$", var.VPC_ID))
    error_message = "VPC_ID must be the id of a VPC (vpc-...)."
  }

  validation {
    condition     = (var.VPC_ID == null) == (length(var.SUBNET_IDS) == 0)
    error_message = "Give VPC_ID and SUBNET_IDS together, or neither for the default VPC."
  }
}

variable "SUBNET_IDS" {
  description = "Subnets of VPC_ID to run in, with a way to AWS: a NAT gateway, endpoints, or ASSIGN_PUBLIC_IP."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.SUBNET_IDS : can(regex("^subnet-[0-9a-z]+$", id))])
    error_message = "SUBNET_IDS must be ids of subnets (subnet-...)."
  }
}

variable "ASSIGN_PUBLIC_IP" {
  description = "Public addresses for the tasks; nothing is let in by them. null: only in the default VPC."
  type        = bool
  default     = null
}

variable "CREATE_S3_GATEWAY_ENDPOINT" {
  description = "Make a gateway endpoint for S3 in all route tables of the VPC. It is free, and fails where there is one already."
  type        = bool
  default     = false
  nullable    = false
}

# The services

variable "MIGRATION_ENABLED" {
  description = "false keeps both services at 0 tasks, so that all else can be changed without a run."
  type        = bool
  default     = true
  nullable    = false
}

variable "CLUSTER_NAME" {
  description = "Name of the ECS cluster; the other names begin with it."
  type        = string
  default     = "rehome"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z][0-9A-Za-z_-]{0,30}[0-9A-Za-z]$", var.CLUSTER_NAME))
    error_message = "CLUSTER_NAME must be 2 to 32 letters, digits, - and _, beginning with a letter and not ending with - or _: roles and host names are made from it."
  }
}

variable "PRODUCER_SERVICE_NAME" {
  description = "Name of the service that runs the producer and Redis."
  type        = string
  default     = "s3Mig_producer_service"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_-]{1,255}$", var.PRODUCER_SERVICE_NAME))
    error_message = "PRODUCER_SERVICE_NAME must be 1 to 255 letters, digits, - and _."
  }
}

variable "CONSUMER_SERVICE_NAME" {
  description = "Name of the service that runs the consumers."
  type        = string
  default     = "s3Mig_consumer_service"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_-]{1,255}$", var.CONSUMER_SERVICE_NAME))
    error_message = "CONSUMER_SERVICE_NAME must be 1 to 255 letters, digits, - and _."
  }

  validation {
    condition     = var.CONSUMER_SERVICE_NAME != var.PRODUCER_SERVICE_NAME
    error_message = "CONSUMER_SERVICE_NAME must not be PRODUCER_SERVICE_NAME."
  }
}

variable "CONSUMER_TASK_COUNT" {
  description = "Number of consumers. Another number takes effect with the next apply, in the middle of a run."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.CONSUMER_TASK_COUNT >= 1 && var.CONSUMER_TASK_COUNT <= 5000 && floor(var.CONSUMER_TASK_COUNT) == var.CONSUMER_TASK_COUNT
    error_message = "CONSUMER_TASK_COUNT must be a whole number from 1 to 5000; to stop, set MIGRATION_ENABLED to false."
  }
}

variable "CONSUMER_USE_SPOT" {
  description = "Run all consumers but the first on Fargate Spot: much cheaper, and a task may be taken away, which costs only time."
  type        = bool
  default     = false
  nullable    = false
}

variable "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME" {
  description = "ECR repository of the producer's image."
  type        = string
  default     = "rehome-producer"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+([._/-]+[a-z0-9]+)*$", var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME)) && length(var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME) >= 2 && length(var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME) <= 256
    error_message = "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME must be the name of an ECR repository, without registry and tag."
  }
}

variable "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME" {
  description = "ECR repository of the consumer's image."
  type        = string
  default     = "rehome-consumer"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+([._/-]+[a-z0-9]+)*$", var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME)) && length(var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME) >= 2 && length(var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME) <= 256
    error_message = "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME must be the name of an ECR repository, without registry and tag."
  }
}

variable "IMAGE_TAG" {
  description = "Tag of both images. The task definitions hold the digest behind it."
  type        = string
  default     = "latest"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_][0-9A-Za-z_.-]{0,121}$", var.IMAGE_TAG))
    error_message = "IMAGE_TAG must be the tag of an image, at most 122 characters."
  }
}

variable "REDIS_IMAGE" {
  description = "Image of Redis with our entry point, which repairs the append-only file and locks the directory: public, or in one of the two repositories. null: the tag redis-<IMAGE_TAG> in the producer's repository, by digest."
  type        = string
  default     = null

  validation {
    condition     = var.REDIS_IMAGE == null ? true : can(regex("^[0-9a-z][^[:space:]]*(:[0-9A-Za-z_][0-9A-Za-z_.-]*|@sha256:[0-9a-f]{64})$", var.REDIS_IMAGE))
    error_message = "REDIS_IMAGE must be an image with a tag or a digest."
  }
}

variable "CPU_ARCHITECTURE" {
  description = "Architecture that the images were built for."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.CPU_ARCHITECTURE)
    error_message = "CPU_ARCHITECTURE must be one of: X86_64, ARM64."
  }
}

variable "PRODUCER_CPU" {
  description = "CPU units of the task with the producer and Redis."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = contains(keys(local.fargate_memory), tostring(var.PRODUCER_CPU))
    error_message = "PRODUCER_CPU must be 256, 512, 1024, 2048, 4096, 8192 or 16384 units."
  }
}

variable "PRODUCER_MEMORY" {
  description = "MiB of the task with the producer and Redis."
  type        = number
  default     = 3072
  nullable    = false

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.PRODUCER_CPU), [var.PRODUCER_MEMORY]), var.PRODUCER_MEMORY)
    error_message = "PRODUCER_MEMORY must be a size that Fargate offers with PRODUCER_CPU, such as 2048 to 8192 in steps of 1024 with 1024 units."
  }
}

variable "REDIS_MEMORY" {
  description = "MiB of that task for Redis. Its data may take half of it."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.REDIS_MEMORY >= 128 && floor(var.REDIS_MEMORY) == var.REDIS_MEMORY && var.REDIS_MEMORY <= var.PRODUCER_MEMORY - 384
    error_message = "REDIS_MEMORY must be a whole number of at least 128 and leave 384 MiB of PRODUCER_MEMORY to the producer."
  }
}

variable "CONSUMER_CPU" {
  description = "CPU units of a consumer."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = contains(keys(local.fargate_memory), tostring(var.CONSUMER_CPU))
    error_message = "CONSUMER_CPU must be 256, 512, 1024, 2048, 4096, 8192 or 16384 units."
  }
}

variable "CONSUMER_MEMORY" {
  description = "MiB of a consumer."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.CONSUMER_CPU), [var.CONSUMER_MEMORY]), var.CONSUMER_MEMORY)
    error_message = "CONSUMER_MEMORY must be a size that Fargate offers with CONSUMER_CPU, such as 2048 to 8192 in steps of 1024 with 1024 units."
  }
}

variable "BATCH_SIZE" {
  description = "Records in a batch. null: the program's default."
  type        = number
  default     = null

  validation {
    condition     = var.BATCH_SIZE == null ? true : (var.BATCH_SIZE >= 1 && var.BATCH_SIZE <= 10000 && floor(var.BATCH_SIZE) == var.BATCH_SIZE)
    error_message = "BATCH_SIZE must be a whole number from 1 to 10000."
  }
}

variable "COPY_CONCURRENCY" {
  description = "Copies in flight in one consumer. null: the program's default."
  type        = number
  default     = null

  validation {
    condition     = var.COPY_CONCURRENCY == null ? true : (var.COPY_CONCURRENCY >= 1 && var.COPY_CONCURRENCY <= 10000 && floor(var.COPY_CONCURRENCY) == var.COPY_CONCURRENCY)
    error_message = "COPY_CONCURRENCY must be a whole number from 1 to 10000."
  }
}

variable "THROTTLE_REPLICAS" {
  description = "Replicas of the database whose lag holds the run, as host or host:port. The services must be let in there as at the primary."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for replica in var.THROTTLE_REPLICAS : can(regex("^([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?$", replica))])
    error_message = "THROTTLE_REPLICAS has an entry that is no address: expected a host, or host:port."
  }
}

variable "MAX_REPLICA_LAG_SECONDS" {
  description = "Lag of any of THROTTLE_REPLICAS above which the run waits; decimals allowed. null: the program's default."
  type        = number
  default     = null

  validation {
    condition     = var.MAX_REPLICA_LAG_SECONDS == null ? true : (var.MAX_REPLICA_LAG_SECONDS >= 0.5 && var.MAX_REPLICA_LAG_SECONDS <= 3600)
    error_message = "MAX_REPLICA_LAG_SECONDS must be a number from 0.5 to 3600."
  }
}

variable "MAX_LOCK_WAITS" {
  description = "Statements of the database waiting for a row's lock above which the run waits; 0 for no limit. null: the program's default."
  type        = number
  default     = null

  validation {
    condition     = var.MAX_LOCK_WAITS == null ? true : (var.MAX_LOCK_WAITS >= 0 && var.MAX_LOCK_WAITS <= 100000 && floor(var.MAX_LOCK_WAITS) == var.MAX_LOCK_WAITS)
    error_message = "MAX_LOCK_WAITS must be a whole number from 0 to 100000."
  }
}

variable "EXTRA_SETTINGS" {
  description = "Further settings for both programs, by name, such as { ON_UPDATE_TIMESTAMPS = \"keep\" }. docs/SETTINGS.md lists them."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.EXTRA_SETTINGS) : can(regex("^[A-Z][A-Z0-9_]*$", name))])
    error_message = "EXTRA_SETTINGS has a name that is no setting: expected capitals, digits and underscores."
  }

  validation {
    condition     = alltrue([for name in keys(var.EXTRA_SETTINGS) : !can(regex("PASSWORD|SECRET|TOKEN|ACCESS_KEY", name))])
    error_message = "EXTRA_SETTINGS holds a secret, which would stand in the state and in the console: use DB_PASSWORD or DB_SECRET_ARN."
  }

  validation {
    condition = length(setintersection(keys(var.EXTRA_SETTINGS), [
      "AWS_REGION", "CLUSTER_NAME", "SOURCE_S3_BUCKET", "TARGET_S3_BUCKET", "LEGACY_S3_OBJECT_PREFIX",
      "TARGET_OBJECT_PREFIX", "KEY_LAYOUT", "DATABASE_HOST", "DATABASE_PORT", "DATABASE_NAME",
      "DATABASE_TABLE_TO_UPDATE", "TABLE_COLUMN_NAME_TO_UPDATE", "TEMP_TABLE_FOR_UPDATE", "DATABASE_TLS",
      "DATABASE_TLS_CA", "DB_USER", "REDIS_HOST", "REDIS_PORT", "REDIS_USER", "REDIS_TLS", "HTTP_PORT", "LOG_FORMAT",
      "STOP_TIMEOUT_SECONDS", "BATCH_SIZE", "COPY_CONCURRENCY", "PRODUCER_SERVICE_NAME", "CONSUMER_SERVICE_NAME", "MANIFEST",
      "THROTTLE_REPLICAS", "MAX_REPLICA_LAG_SECONDS", "MAX_LOCK_WAITS",
    ])) == 0
    error_message = "EXTRA_SETTINGS names a setting that this stack sets itself: set its own variable instead."
  }
}

variable "STOP_TIMEOUT_SECONDS" {
  description = "Seconds in which a container ends cleanly. ECS kills it after 120."
  type        = number
  default     = 110
  nullable    = false

  validation {
    condition     = var.STOP_TIMEOUT_SECONDS >= 10 && var.STOP_TIMEOUT_SECONDS <= 115 && floor(var.STOP_TIMEOUT_SECONDS) == var.STOP_TIMEOUT_SECONDS
    error_message = "STOP_TIMEOUT_SECONDS must be a whole number from 10 to 115, less than the 120 that Fargate grants."
  }
}

variable "REDIS_PASSWORD_VERSION" {
  description = "Raise it by one to make a new Redis password and restart the tasks with it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.REDIS_PASSWORD_VERSION >= 1 && var.REDIS_PASSWORD_VERSION <= 1000000 && floor(var.REDIS_PASSWORD_VERSION) == var.REDIS_PASSWORD_VERSION
    error_message = "REDIS_PASSWORD_VERSION must be a whole number from 1 to 1000000."
  }
}

# Around them

variable "LOG_RETENTION_DAYS" {
  description = "Days that logs are kept."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.LOG_RETENTION_DAYS)
    error_message = "LOG_RETENTION_DAYS must be a number that CloudWatch accepts: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731 or some years."
  }
}

variable "KMS_KEY_ARN" {
  description = "KMS key of your own for logs, file system and secrets; its policy must admit CloudWatch Logs. null: keys of AWS."
  type        = string
  default     = null

  validation {
    condition     = var.KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.KMS_KEY_ARN))
    error_message = "KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "ALARM_TOPIC_ARN" {
  description = "SNS topic to be told when ECS can not run the services; its policy must admit events.amazonaws.com. null: no alarm."
  type        = string
  default     = null

  validation {
    condition     = var.ALARM_TOPIC_ARN == null ? true : can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[0-9A-Za-z_-]+$", var.ALARM_TOPIC_ARN))
    error_message = "ALARM_TOPIC_ARN must be the ARN of an SNS topic."
  }
}

variable "TAGS" {
  description = "Tags for everything."
  type        = map(string)
  default     = {}
  nullable    = false
}
