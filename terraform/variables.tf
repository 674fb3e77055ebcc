# All variables of the stack. Most have the name of the environment variable that they set in the containers.

# The objects

variable "SOURCE_S3_BUCKET" {
  description = "Bucket with the legacy objects. The stack only reads it."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.SOURCE_S3_BUCKET))
    error_message = "SOURCE_S3_BUCKET must be a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit."
  }

  validation {
    condition     = !can(regex("[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^(xn--|sthree-)|(-s3alias|--ol-s3|--x-s3|[.]mrap)$", var.SOURCE_S3_BUCKET))
    error_message = "SOURCE_S3_BUCKET must be a general purpose bucket: not an IP address, an access point or another name form that S3 reserves, and without two dots in a row."
  }
}

variable "TARGET_S3_BUCKET" {
  description = "Bucket that receives the copies. It may be the source bucket, with another prefix."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$", var.TARGET_S3_BUCKET))
    error_message = "TARGET_S3_BUCKET must be a bucket name: 3 to 63 lower-case letters, digits, dots and hyphens, beginning and ending with a letter or digit."
  }

  validation {
    condition     = !can(regex("[.][.]|^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$|^(xn--|sthree-)|(-s3alias|--ol-s3|--x-s3|[.]mrap)$", var.TARGET_S3_BUCKET))
    error_message = "TARGET_S3_BUCKET must be a general purpose bucket: not an IP address, an access point or another name form that S3 reserves, and without two dots in a row."
  }
}

variable "LEGACY_S3_OBJECT_PREFIX" {
  description = "Folder of the legacy objects: every row whose key begins with it is migrated. A missing slash at the end is added."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^/]", var.LEGACY_S3_OBJECT_PREFIX))
    error_message = "LEGACY_S3_OBJECT_PREFIX must be a folder: not empty, and without a slash at the beginning."
  }

  validation {
    condition     = !strcontains(var.LEGACY_S3_OBJECT_PREFIX, "//")
    error_message = "LEGACY_S3_OBJECT_PREFIX must not contain two slashes in a row."
  }

  validation {
    condition     = !can(regex("[*?$\\\\[:cntrl:]]|^\\s|\\s$", var.LEGACY_S3_OBJECT_PREFIX))
    error_message = "LEGACY_S3_OBJECT_PREFIX must not contain *, ?, $ or a backslash, which IAM policies interpret, control characters, or white space at either end."
  }

  validation {
    condition     = length(var.LEGACY_S3_OBJECT_PREFIX) <= 512
    error_message = "LEGACY_S3_OBJECT_PREFIX must have at most 512 characters, because S3 limits a key to 1024 bytes."
  }
}

variable "TARGET_OBJECT_PREFIX" {
  description = "Folder in the target bucket that replaces the legacy one in each key. A missing slash at the end is added. Empty: the bucket's root."
  type        = string
  nullable    = false

  validation {
    condition     = !startswith(var.TARGET_OBJECT_PREFIX, "/")
    error_message = "TARGET_OBJECT_PREFIX must not begin with a slash. Leave it empty for the bucket's root."
  }

  validation {
    condition     = !strcontains(var.TARGET_OBJECT_PREFIX, "//")
    error_message = "TARGET_OBJECT_PREFIX must not contain two slashes in a row."
  }

  validation {
    condition     = !can(regex("[*?$\\\\[:cntrl:]]|^\\s|\\s$", var.TARGET_OBJECT_PREFIX))
    error_message = "TARGET_OBJECT_PREFIX must not contain *, ?, $ or a backslash, which IAM policies interpret, control characters, or white space at either end."
  }

  validation {
    condition     = length(var.TARGET_OBJECT_PREFIX) <= 512
    error_message = "TARGET_OBJECT_PREFIX must have at most 512 characters, because S3 limits a key to 1024 bytes."
  }

  validation {
    condition     = !startswith("${trimsuffix(var.TARGET_OBJECT_PREFIX, "/")}/", "${trimsuffix(var.LEGACY_S3_OBJECT_PREFIX, "/")}/")
    error_message = "TARGET_OBJECT_PREFIX must not be LEGACY_S3_OBJECT_PREFIX or a folder inside it, even in another bucket: migrated rows would look like legacy rows."
  }
}

variable "KEY_LAYOUT" {
  description = "Target keys: \"prefix\" keeps the rest of the key below the target prefix, \"flatten\" keeps only its last part."
  type        = string
  default     = "prefix"
  nullable    = false

  validation {
    condition     = contains(["prefix", "flatten"], var.KEY_LAYOUT)
    error_message = "KEY_LAYOUT must be one of: prefix, flatten."
  }
}

variable "MANIFEST" {
  description = "Object that lists the keys to migrate and, optionally, their new keys, as s3://bucket/key. null: everything below the legacy prefix. A manifest may name any key, so with one the consumers may read and write the two whole buckets."
  type        = string
  default     = null

  validation {
    condition     = var.MANIFEST == null ? true : can(regex("^s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.+$", var.MANIFEST))
    error_message = "MANIFEST must be the address of an object: s3://bucket/key."
  }

  validation {
    condition     = var.MANIFEST == null ? true : !can(regex("[*?$\\\\[:cntrl:]]", var.MANIFEST))
    error_message = "MANIFEST must not contain *, ?, $ or a backslash, which IAM policies interpret, or control characters."
  }
}

variable "SOURCE_KMS_KEY_ARN" {
  description = "KMS key of the source bucket, if its objects are encrypted with a customer managed key."
  type        = string
  default     = null

  validation {
    condition     = var.SOURCE_KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.SOURCE_KMS_KEY_ARN))
    error_message = "SOURCE_KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "TARGET_KMS_KEY_ARN" {
  description = "KMS key of the target bucket, if its objects are encrypted with a customer managed key."
  type        = string
  default     = null

  validation {
    condition     = var.TARGET_KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.TARGET_KMS_KEY_ARN))
    error_message = "TARGET_KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

# The database

variable "DATABASE_HOST" {
  description = "Host name or IPv4 address of MariaDB, without a port."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z]([0-9A-Za-z._-]*[0-9A-Za-z])?$", var.DATABASE_HOST)) && length(var.DATABASE_HOST) <= 253
    error_message = "DATABASE_HOST must be only a host name or an IPv4 address, without a scheme, port or path."
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
    error_message = "DATABASE_NAME must be a plain name of 1 to 64 letters, digits, _, $ and -."
  }
}

variable "DATABASE_TABLE_TO_UPDATE" {
  description = "Table whose rows refer to the objects."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^`.[:cntrl:]/\\\\]{0,63}[^`.[:cntrl:][:space:]/\\\\]$", var.DATABASE_TABLE_TO_UPDATE))
    error_message = "DATABASE_TABLE_TO_UPDATE must be one name of 1 to 64 characters as MariaDB stores it: without backticks, dots, slashes, backslashes and control characters, and without a space at the end."
  }
}

variable "TABLE_COLUMN_NAME_TO_UPDATE" {
  description = "Column that contains the object key."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^`.[:cntrl:]/\\\\]{0,63}[^`.[:cntrl:][:space:]/\\\\]$", var.TABLE_COLUMN_NAME_TO_UPDATE))
    error_message = "TABLE_COLUMN_NAME_TO_UPDATE must be one name of 1 to 64 characters as MariaDB stores it: without backticks, dots, slashes, backslashes and control characters, and without a space at the end."
  }
}

variable "TEMP_TABLE_FOR_UPDATE" {
  description = "Name of the mapping table, which the producer creates in the same database: the old and the new location of each record."
  type        = string
  default     = "rehome_mapping"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_$-]{1,64}$", var.TEMP_TABLE_FOR_UPDATE))
    error_message = "TEMP_TABLE_FOR_UPDATE must be a plain name of 1 to 64 letters, digits, _, $ and -, without quotes and without a database in front."
  }

  validation {
    condition     = lower(var.TEMP_TABLE_FOR_UPDATE) != lower(var.DATABASE_TABLE_TO_UPDATE)
    error_message = "TEMP_TABLE_FOR_UPDATE must differ from DATABASE_TABLE_TO_UPDATE."
  }
}

variable "DB_USER" {
  description = "Database user. It needs SELECT, CREATE, DROP, INSERT and UPDATE on the database."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[^[:space:][:cntrl:]]{1,128}$", var.DB_USER))
    error_message = "DB_USER must be a user name of 1 to 128 characters without white space."
  }
}

variable "DB_PASSWORD" {
  description = "Password of DB_USER; set it as the environment variable TF_VAR_DB_PASSWORD. It is written to Secrets Manager and never to the state. Don't set it with DB_SECRET_ARN."
  type        = string
  default     = null
  sensitive   = true
  ephemeral   = true

  validation {
    condition     = (var.DB_PASSWORD == null) != (var.DB_SECRET_ARN == null)
    error_message = "Set either DB_PASSWORD, as the environment variable TF_VAR_DB_PASSWORD, or DB_SECRET_ARN, but not both."
  }

  validation {
    condition     = var.DB_PASSWORD != ""
    error_message = "DB_PASSWORD must not be empty."
  }
}

variable "DB_PASSWORD_VERSION" {
  description = "Raise it by one when DB_PASSWORD changes: Terraform doesn't store the password and can't compare it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.DB_PASSWORD_VERSION >= 1 && var.DB_PASSWORD_VERSION <= 1000000 && floor(var.DB_PASSWORD_VERSION) == var.DB_PASSWORD_VERSION
    error_message = "DB_PASSWORD_VERSION must be a whole number from 1 to 1000000."
  }
}

variable "DB_SECRET_ARN" {
  description = "Existing secret in Secrets Manager with the password: JSON with the key \"password\". The stack then creates no secret, and the programs follow a rotation."
  type        = string
  default     = null

  validation {
    condition     = var.DB_SECRET_ARN == null ? true : can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@!-]+-[0-9A-Za-z]{6}$", var.DB_SECRET_ARN))
    error_message = "DB_SECRET_ARN must be the complete ARN of a secret, with the six random characters at its end."
  }
}

variable "DB_SECRET_KMS_KEY_ARN" {
  description = "KMS key of DB_SECRET_ARN, if the secret is encrypted with a customer managed key."
  type        = string
  default     = null

  validation {
    condition     = var.DB_SECRET_KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.DB_SECRET_KMS_KEY_ARN))
    error_message = "DB_SECRET_KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "DATABASE_TLS" {
  description = "TLS to the database: \"disable\", \"trust\" (encrypted, any certificate), \"verify-ca\" or \"verify-full\" (also checks the host name)."
  type        = string
  default     = "verify-full"
  nullable    = false

  validation {
    condition     = contains(["disable", "trust", "verify-ca", "verify-full"], var.DATABASE_TLS)
    error_message = "DATABASE_TLS must be one of: disable, trust, verify-ca, verify-full."
  }
}

variable "DATABASE_TLS_CA" {
  description = "Certificates (PEM) that verify the database's certificate, or the path of such a file in the image. RDS needs the bundle of its region. null: Java's trust store."
  type        = string
  default     = null

  validation {
    condition     = var.DATABASE_TLS_CA == null ? true : can(regex("^/|-----BEGIN CERTIFICATE-----", var.DATABASE_TLS_CA))
    error_message = "DATABASE_TLS_CA must be PEM certificates, or an absolute path in the image."
  }

  validation {
    condition     = var.DATABASE_TLS_CA == null ? true : length(var.DATABASE_TLS_CA) <= 24576
    error_message = "DATABASE_TLS_CA must have at most 24 KiB, because a task definition is limited to 64 KiB. Use the bundle of the region, not the global one."
  }
}

variable "DATABASE_SECURITY_GROUP_ID" {
  description = "Security group of the database. The stack adds rules to it and to the services' groups, so that both services reach the database."
  type        = string
  default     = null

  validation {
    condition     = var.DATABASE_SECURITY_GROUP_ID == null ? true : can(regex("^sg-[0-9a-z]+$", var.DATABASE_SECURITY_GROUP_ID))
    error_message = "DATABASE_SECURITY_GROUP_ID must be the id of a security group (sg-...)."
  }
}

variable "DATABASE_CIDR_BLOCKS" {
  description = "IPv4 blocks in which the services may reach the database and its replicas. null: only DATABASE_SECURITY_GROUP_ID, or without it the addresses of the VPC."
  type        = list(string)
  default     = null

  validation {
    condition     = var.DATABASE_CIDR_BLOCKS == null ? true : alltrue([for block in var.DATABASE_CIDR_BLOCKS : can(cidrnetmask(block))]) && length(var.DATABASE_CIDR_BLOCKS) > 0
    error_message = "DATABASE_CIDR_BLOCKS must be at least one IPv4 block, such as 10.0.0.0/16."
  }
}

# Region and network

variable "AWS_REGION" {
  description = "Region of the services, preferably the buckets' region. The provider must use the same one."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]{2,4}(-[a-z]+)+-[0-9]+$", var.AWS_REGION))
    error_message = "AWS_REGION must be a region name, such as eu-central-1."
  }
}

variable "VPC_ID" {
  description = "VPC of the tasks, together with SUBNET_IDS. null: the default VPC of the region."
  type        = string
  default     = null

  validation {
    condition     = var.VPC_ID == null ? true : can(regex("^vpc-[0-9a-z]+$", var.VPC_ID))
    error_message = "VPC_ID must be the id of a VPC (vpc-...)."
  }

  validation {
    condition     = (var.VPC_ID == null) == (length(var.SUBNET_IDS) == 0)
    error_message = "Set VPC_ID and SUBNET_IDS together, or neither for the default VPC."
  }
}

variable "SUBNET_IDS" {
  description = "Subnets of VPC_ID for the tasks. They need a route to AWS: a NAT gateway, CREATE_INTERFACE_ENDPOINTS, or ASSIGN_PUBLIC_IP."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.SUBNET_IDS : can(regex("^subnet-[0-9a-z]+$", id))])
    error_message = "SUBNET_IDS must be subnet ids (subnet-...)."
  }
}

variable "ASSIGN_PUBLIC_IP" {
  description = "Whether tasks get public addresses; no rule admits traffic to them. null: only in the default VPC."
  type        = bool
  default     = null
}

variable "CREATE_S3_GATEWAY_ENDPOINT" {
  description = "Whether to create a gateway endpoint for S3 in all route tables of the VPC. It is free; the apply fails if the VPC already has one."
  type        = bool
  default     = false
  nullable    = false
}

# The services

variable "MIGRATION_ENABLED" {
  description = "Whether the services run. false sets both to 0 tasks, so that everything else can be changed without starting a run."
  type        = bool
  default     = true
  nullable    = false
}

variable "CLUSTER_NAME" {
  description = "Name of the ECS cluster, and the prefix of most other names."
  type        = string
  default     = "rehome"
  nullable    = false

  validation {
    condition     = can(regex("^[A-Za-z][0-9A-Za-z_-]{0,30}[0-9A-Za-z]$", var.CLUSTER_NAME))
    error_message = "CLUSTER_NAME must be 2 to 32 letters, digits, - and _, beginning with a letter and ending with a letter or digit: role and host names contain it."
  }
}

variable "PRODUCER_SERVICE_NAME" {
  description = "Name of the service that runs the producer and Redis."
  type        = string
  default     = "s3Mig_producer_service"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_-]{1,222}$", var.PRODUCER_SERVICE_NAME))
    error_message = "PRODUCER_SERVICE_NAME must be 1 to 222 letters, digits, - and _: the task definition's name contains it."
  }
}

variable "CONSUMER_SERVICE_NAME" {
  description = "Name of the service that runs the consumers."
  type        = string
  default     = "s3Mig_consumer_service"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_-]{1,222}$", var.CONSUMER_SERVICE_NAME))
    error_message = "CONSUMER_SERVICE_NAME must be 1 to 222 letters, digits, - and _: the task definition's name contains it."
  }

  validation {
    condition     = var.CONSUMER_SERVICE_NAME != var.PRODUCER_SERVICE_NAME
    error_message = "CONSUMER_SERVICE_NAME must differ from PRODUCER_SERVICE_NAME."
  }
}

variable "CONSUMER_TASK_COUNT" {
  description = "Number of consumers. A change takes effect with the next apply, also during a run."
  type        = number
  default     = 2
  nullable    = false

  validation {
    condition     = var.CONSUMER_TASK_COUNT >= 1 && var.CONSUMER_TASK_COUNT <= 5000 && floor(var.CONSUMER_TASK_COUNT) == var.CONSUMER_TASK_COUNT
    error_message = "CONSUMER_TASK_COUNT must be a whole number from 1 to 5000. To stop the consumers, set MIGRATION_ENABLED to false."
  }
}

variable "CONSUMER_USE_SPOT" {
  description = "Whether all consumers but one run on Fargate Spot, which is much cheaper; an interruption costs only time."
  type        = bool
  default     = false
  nullable    = false
}

variable "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME" {
  description = "ECR repository of the producer's image and, with another tag, of the Redis image."
  type        = string
  default     = "rehome-producer"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+([._/-]+[a-z0-9]+)*$", var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME)) && length(var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME) >= 2 && length(var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME) <= 256
    error_message = "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME must be the name of an ECR repository, without a registry and a tag."
  }
}

variable "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME" {
  description = "ECR repository of the consumer's image."
  type        = string
  default     = "rehome-consumer"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z0-9]+([._/-]+[a-z0-9]+)*$", var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME)) && length(var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME) >= 2 && length(var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME) <= 256
    error_message = "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME must be the name of an ECR repository, without a registry and a tag."
  }
}

variable "IMAGE_TAG" {
  description = "Tag of the images. The task definitions contain the digest that it refers to."
  type        = string
  default     = "latest"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9A-Za-z_][0-9A-Za-z_.-]{0,121}$", var.IMAGE_TAG))
    error_message = "IMAGE_TAG must be an image tag of at most 122 characters."
  }
}

variable "REDIS_IMAGE" {
  description = "Image of Redis with this project's entry point, which locks the data directory and repairs the append-only file: public, or in one of the two repositories. null: the tag redis-<IMAGE_TAG> in the producer's repository, by digest."
  type        = string
  default     = null

  validation {
    condition     = var.REDIS_IMAGE == null ? true : can(regex("^[0-9a-z][^[:space:]@]*(:[0-9A-Za-z_][0-9A-Za-z_.-]*|@sha256:[0-9a-f]{64})$", var.REDIS_IMAGE))
    error_message = "REDIS_IMAGE must be an image name with a tag or a digest."
  }
}

variable "CPU_ARCHITECTURE" {
  description = "Architecture that the images were built for: X86_64 or ARM64."
  type        = string
  default     = "X86_64"
  nullable    = false

  validation {
    condition     = contains(["X86_64", "ARM64"], var.CPU_ARCHITECTURE)
    error_message = "CPU_ARCHITECTURE must be one of: X86_64, ARM64."
  }
}

variable "PRODUCER_CPU" {
  description = "CPU units of the task that runs the producer and Redis."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = contains(keys(local.fargate_memory), tostring(var.PRODUCER_CPU))
    error_message = "PRODUCER_CPU must be 256, 512, 1024, 2048, 4096, 8192 or 16384 units."
  }
}

variable "PRODUCER_MEMORY" {
  description = "Memory in MiB of the task that runs the producer and Redis. The producer's container gets the part that REDIS_MEMORY leaves."
  type        = number
  default     = 3072
  nullable    = false

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.PRODUCER_CPU), [var.PRODUCER_MEMORY]), var.PRODUCER_MEMORY)
    error_message = "PRODUCER_MEMORY must be a size that Fargate offers with PRODUCER_CPU: 2048 to 8192 in steps of 1024 with 1024 units, for example."
  }
}

variable "REDIS_MEMORY" {
  description = "Memory in MiB of Redis' container, a part of PRODUCER_MEMORY. Redis' data may use half of it."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = var.REDIS_MEMORY >= 128 && floor(var.REDIS_MEMORY) == var.REDIS_MEMORY && var.REDIS_MEMORY <= var.PRODUCER_MEMORY - 512
    error_message = "REDIS_MEMORY must be a whole number of at least 128 that leaves 512 MiB of PRODUCER_MEMORY for the producer's container: 60 % of that is its heap."
  }
}

variable "CONSUMER_CPU" {
  description = "CPU units of a consumer task."
  type        = number
  default     = 1024
  nullable    = false

  validation {
    condition     = contains(keys(local.fargate_memory), tostring(var.CONSUMER_CPU))
    error_message = "CONSUMER_CPU must be 256, 512, 1024, 2048, 4096, 8192 or 16384 units."
  }
}

variable "CONSUMER_MEMORY" {
  description = "Memory in MiB of a consumer task."
  type        = number
  default     = 2048
  nullable    = false

  validation {
    condition     = contains(lookup(local.fargate_memory, tostring(var.CONSUMER_CPU), [var.CONSUMER_MEMORY]), var.CONSUMER_MEMORY)
    error_message = "CONSUMER_MEMORY must be a size that Fargate offers with CONSUMER_CPU: 2048 to 8192 in steps of 1024 with 1024 units, for example."
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
  description = "Concurrent copies in one consumer. null: the program's default."
  type        = number
  default     = null

  validation {
    condition     = var.COPY_CONCURRENCY == null ? true : (var.COPY_CONCURRENCY >= 1 && var.COPY_CONCURRENCY <= 10000 && floor(var.COPY_CONCURRENCY) == var.COPY_CONCURRENCY)
    error_message = "COPY_CONCURRENCY must be a whole number from 1 to 10000."
  }
}

variable "THROTTLE_REPLICAS" {
  description = "Replicas whose lag throttles the run, as host or host:port. With DATABASE_SECURITY_GROUP_ID the stack opens their ports to the producer."
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for replica in var.THROTTLE_REPLICAS : can(regex("^([A-Za-z0-9._-]+|\\[[0-9A-Fa-f:.]+\\])(:[0-9]{1,5})?$", replica))])
    error_message = "THROTTLE_REPLICAS must be addresses: host or host:port."
  }
}

variable "MAX_REPLICA_LAG_SECONDS" {
  description = "Lag of a replica, in seconds, above which the run is throttled; may be fractional. null: the program's default."
  type        = number
  default     = null

  validation {
    condition     = var.MAX_REPLICA_LAG_SECONDS == null ? true : (var.MAX_REPLICA_LAG_SECONDS >= 0.5 && var.MAX_REPLICA_LAG_SECONDS <= 3600)
    error_message = "MAX_REPLICA_LAG_SECONDS must be a number from 0.5 to 3600."
  }
}

variable "MAX_LOCK_WAITS" {
  description = "Number of statements in the database waiting for row locks above which the run is throttled; 0 for no limit. null: the program's default."
  type        = number
  default     = null

  validation {
    condition     = var.MAX_LOCK_WAITS == null ? true : (var.MAX_LOCK_WAITS >= 0 && var.MAX_LOCK_WAITS <= 100000 && floor(var.MAX_LOCK_WAITS) == var.MAX_LOCK_WAITS)
    error_message = "MAX_LOCK_WAITS must be a whole number from 0 to 100000."
  }
}

variable "EXTRA_SETTINGS" {
  description = "Further settings for both programs, by name, such as { ON_UPDATE_TIMESTAMPS = \"keep\" }. docs/SETTINGS.md explains them. The stack grants what TARGET_ROLE_ARN, TARGET_ACL and REPORT_LOCATION need."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for name in keys(var.EXTRA_SETTINGS) : contains(local.extra_settings, name)])
    error_message = "EXTRA_SETTINGS must contain only settings of the programs that have no variable here. These are not: ${join(", ", setsubtract(keys(var.EXTRA_SETTINGS), local.extra_settings))}. Secrets would be readable in the state and in the console: passwords belong in DB_PASSWORD or DB_SECRET_ARN, and the tasks get AWS credentials from their roles."
  }

  validation {
    condition     = can(regex("^(|arn:aws[a-z-]*:iam::[0-9]{12}:role/[^*?$]+)$", lookup(var.EXTRA_SETTINGS, "TARGET_ROLE_ARN", "")))
    error_message = "EXTRA_SETTINGS: TARGET_ROLE_ARN must be the ARN of a role (arn:aws:iam::...:role/...)."
  }

  validation {
    condition     = !can(regex("[*?$\\\\[:cntrl:]]", lookup(var.EXTRA_SETTINGS, "REPORT_LOCATION", "")))
    error_message = "EXTRA_SETTINGS: REPORT_LOCATION must not contain *, ?, $ or a backslash, which IAM policies interpret, or control characters."
  }

  validation {
    condition     = lookup(var.EXTRA_SETTINGS, "TARGET_KMS_KEY_ID", coalesce(var.TARGET_KMS_KEY_ARN, "none")) == coalesce(var.TARGET_KMS_KEY_ARN, "none")
    error_message = "EXTRA_SETTINGS: TARGET_KMS_KEY_ID must be equal to TARGET_KMS_KEY_ARN, which grants the consumers the right to use the key."
  }
}

variable "STOP_TIMEOUT_SECONDS" {
  description = "Time in seconds within which the programs release their work after SIGTERM. ECS kills them after 120 s."
  type        = number
  default     = 110
  nullable    = false

  validation {
    condition     = var.STOP_TIMEOUT_SECONDS >= 10 && var.STOP_TIMEOUT_SECONDS <= 115 && floor(var.STOP_TIMEOUT_SECONDS) == var.STOP_TIMEOUT_SECONDS
    error_message = "STOP_TIMEOUT_SECONDS must be a whole number from 10 to 115, below Fargate's limit of 120."
  }
}

variable "REDIS_TLS_SECRET_ARN" {
  description = "Secret in Secrets Manager with the certificate of Redis: JSON with the keys \"ca\", \"certificate\" and \"key\", each as PEM, for the name in the output redis_host. docker/redis/make-certificate prints one. The consumers then connect over TLS. null: without TLS, protected by security groups and the password. If the secret is encrypted with a customer managed key, it must be KMS_KEY_ARN."
  type        = string
  default     = null

  validation {
    condition     = var.REDIS_TLS_SECRET_ARN == null ? true : can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@!-]+-[0-9A-Za-z]{6}$", var.REDIS_TLS_SECRET_ARN))
    error_message = "REDIS_TLS_SECRET_ARN must be the complete ARN of a secret, with the six random characters at its end."
  }
}

variable "REDIS_PASSWORD_VERSION" {
  description = "Raise it by one to generate a new Redis password and restart the tasks with it."
  type        = number
  default     = 1
  nullable    = false

  validation {
    condition     = var.REDIS_PASSWORD_VERSION >= 1 && var.REDIS_PASSWORD_VERSION <= 1000000 && floor(var.REDIS_PASSWORD_VERSION) == var.REDIS_PASSWORD_VERSION
    error_message = "REDIS_PASSWORD_VERSION must be a whole number from 1 to 1000000."
  }
}

# Logs, keys, notifications, dashboard

variable "LOG_RETENTION_DAYS" {
  description = "Days that CloudWatch keeps logs."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.LOG_RETENTION_DAYS)
    error_message = "LOG_RETENTION_DAYS must be a period that CloudWatch accepts: 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288 or 3653."
  }
}

variable "KMS_KEY_ARN" {
  description = "Customer managed KMS key for logs, file system and secrets; its policy must admit CloudWatch Logs. null: AWS managed keys."
  type        = string
  default     = null

  validation {
    condition     = var.KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.KMS_KEY_ARN))
    error_message = "KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "ALARM_TOPIC_ARN" {
  description = "SNS topic that is notified when the run is complete or fails, and when ECS can't run the services; its policy must admit events.amazonaws.com. null: no notifications."
  type        = string
  default     = null

  validation {
    condition     = var.ALARM_TOPIC_ARN == null ? true : can(regex("^arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[0-9A-Za-z_-]+$", var.ALARM_TOPIC_ARN))
    error_message = "ALARM_TOPIC_ARN must be the ARN of an SNS topic."
  }
}

variable "WEBHOOK_URL" {
  description = "Address on port 443 that gets a signed message at the start of a run, at each pause, drain, stop and resume, and at its end. It is readable in the state and in the console. null: no messages."
  type        = string
  default     = null

  validation {
    condition     = var.WEBHOOK_URL == null ? true : can(regex("^https://[0-9A-Za-z]([0-9A-Za-z.-]*[0-9A-Za-z])?(:443)?([/?][^[:space:][:cntrl:]]*)?$", var.WEBHOOK_URL))
    error_message = "WEBHOOK_URL must be an address that begins with https://, without user and password, and on port 443, the only one that the tasks may reach outside."
  }
}

variable "WEBHOOK_SECRET_ARN" {
  description = "Secret in Secrets Manager whose text is the key of the messages' signature (`openssl rand -hex 32` makes one). Required with WEBHOOK_URL. If it is encrypted with a customer managed key, that must be KMS_KEY_ARN."
  type        = string
  default     = null

  validation {
    condition     = var.WEBHOOK_SECRET_ARN == null ? true : can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@!-]+-[0-9A-Za-z]{6}$", var.WEBHOOK_SECRET_ARN))
    error_message = "WEBHOOK_SECRET_ARN must be the complete ARN of a secret, with the six random characters at its end."
  }

  validation {
    condition     = (var.WEBHOOK_SECRET_ARN == null) == (var.WEBHOOK_URL == null)
    error_message = "Set WEBHOOK_URL and WEBHOOK_SECRET_ARN together: the receiver checks the signature."
  }
}

variable "HTTP_BIND" {
  description = "Address at which the producer serves its dashboard and metrics: \"127.0.0.1\", for port forwarding with ECS_EXEC, or \"0.0.0.0\", which HTTP_CLIENT_CIDR_BLOCKS and HTTP_CLIENT_SECURITY_GROUP_IDS may reach."
  type        = string
  default     = "127.0.0.1"
  nullable    = false

  validation {
    condition     = contains(["127.0.0.1", "0.0.0.0"], var.HTTP_BIND)
    error_message = "HTTP_BIND must be one of: 127.0.0.1, 0.0.0.0."
  }

  validation {
    condition     = var.HTTP_BIND == "127.0.0.1" || var.HTTP_TOKEN_SECRET_ARN != null
    error_message = "HTTP_BIND = \"0.0.0.0\" needs HTTP_TOKEN_SECRET_ARN: without a token, anyone who can reach the dashboard could pause or abort the run."
  }
}

variable "HTTP_TOKEN_SECRET_ARN" {
  description = "Secret in Secrets Manager whose text is the token that the dashboard asks for, of at least 16 characters (`openssl rand -hex 24` makes one). If it is encrypted with a customer managed key, that must be KMS_KEY_ARN. null: no token, for HTTP_BIND = \"127.0.0.1\"."
  type        = string
  default     = null

  validation {
    condition     = var.HTTP_TOKEN_SECRET_ARN == null ? true : can(regex("^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[0-9A-Za-z/_+=.@!-]+-[0-9A-Za-z]{6}$", var.HTTP_TOKEN_SECRET_ARN))
    error_message = "HTTP_TOKEN_SECRET_ARN must be the complete ARN of a secret, with the six random characters at its end."
  }
}

variable "HTTP_CLIENT_CIDR_BLOCKS" {
  description = "Addresses that may reach the dashboard, with HTTP_BIND = \"0.0.0.0\". The traffic isn't encrypted: keep them inside the VPC or a VPN."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for block in var.HTTP_CLIENT_CIDR_BLOCKS : can(cidrnetmask(block)) && !endswith(block, "/0")])
    error_message = "HTTP_CLIENT_CIDR_BLOCKS must be IPv4 blocks, such as 10.0.0.0/16, and not all addresses."
  }

  validation {
    condition     = length(var.HTTP_CLIENT_CIDR_BLOCKS) == 0 || var.HTTP_BIND == "0.0.0.0"
    error_message = "HTTP_CLIENT_CIDR_BLOCKS needs HTTP_BIND = \"0.0.0.0\": otherwise the dashboard listens only inside its task."
  }
}

variable "HTTP_CLIENT_SECURITY_GROUP_IDS" {
  description = "Security groups that may reach the dashboard, with HTTP_BIND = \"0.0.0.0\", such as that of a bastion host or of Prometheus."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.HTTP_CLIENT_SECURITY_GROUP_IDS : can(regex("^sg-[0-9a-z]+$", id))])
    error_message = "HTTP_CLIENT_SECURITY_GROUP_IDS must be security group ids (sg-...)."
  }

  validation {
    condition     = length(var.HTTP_CLIENT_SECURITY_GROUP_IDS) == 0 || var.HTTP_BIND == "0.0.0.0"
    error_message = "HTTP_CLIENT_SECURITY_GROUP_IDS needs HTTP_BIND = \"0.0.0.0\": otherwise the dashboard listens only inside its task."
  }
}

variable "TAGS" {
  description = "Tags for all resources, in addition to Project and Cluster."
  type        = map(string)
  default     = {}
  nullable    = false
}

variable "ECS_EXEC" {
  description = "Whether operators may run commands in the containers with `aws ecs execute-command`, for example to pause a run. It makes the root file systems writable, because its agent needs that; changing it restarts the tasks."
  type        = bool
  default     = false
  nullable    = false
}

# Existing resources, for use as a module

variable "CREATE_CLUSTER" {
  description = "Whether to create the cluster CLUSTER_NAME. false: use the existing one, which must offer the capacity providers FARGATE and, with CONSUMER_USE_SPOT, FARGATE_SPOT."
  type        = bool
  default     = true
  nullable    = false
}

variable "CREATE_INTERFACE_ENDPOINTS" {
  description = "Whether to create interface endpoints for the AWS services that the tasks call, for private subnets without a NAT gateway. The tasks also need a gateway endpoint for S3: CREATE_S3_GATEWAY_ENDPOINT, or an existing one. The apply fails if the VPC already has such endpoints with private DNS."
  type        = bool
  default     = false
  nullable    = false
}

variable "REPLICA_SECURITY_GROUP_IDS" {
  description = "Security groups of THROTTLE_REPLICAS, if they differ from DATABASE_SECURITY_GROUP_ID. The stack adds rules to them and to the producer's group, so that the producer reaches the replicas."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.REPLICA_SECURITY_GROUP_IDS : can(regex("^sg-[0-9a-z]+$", id))])
    error_message = "REPLICA_SECURITY_GROUP_IDS must be security group ids (sg-...)."
  }
}

variable "EXECUTION_ROLE_ARN" {
  description = "Existing role for ECS itself: pulling images, writing logs, injecting passwords. null: the stack creates it. An existing role needs the statements in the execution policy of iam.tf."
  type        = string
  default     = null

  validation {
    condition     = var.EXECUTION_ROLE_ARN == null ? true : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.EXECUTION_ROLE_ARN))
    error_message = "EXECUTION_ROLE_ARN must be the ARN of a role (arn:aws:iam::...:role/...)."
  }
}

variable "PRODUCER_ROLE_ARN" {
  description = "Existing role for the producer's task. null: the stack creates it. An existing role needs the statements in the producer policy of iam.tf."
  type        = string
  default     = null

  validation {
    condition     = var.PRODUCER_ROLE_ARN == null ? true : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.PRODUCER_ROLE_ARN))
    error_message = "PRODUCER_ROLE_ARN must be the ARN of a role (arn:aws:iam::...:role/...)."
  }
}

variable "CONSUMER_ROLE_ARN" {
  description = "Existing role for the consumers' tasks. null: the stack creates it. An existing role needs the statements in the consumer policy of iam.tf."
  type        = string
  default     = null

  validation {
    condition     = var.CONSUMER_ROLE_ARN == null ? true : can(regex("^arn:aws[a-z-]*:iam::[0-9]{12}:role/.+$", var.CONSUMER_ROLE_ARN))
    error_message = "CONSUMER_ROLE_ARN must be the ARN of a role (arn:aws:iam::...:role/...)."
  }
}

variable "PERMISSIONS_BOUNDARY_ARN" {
  description = "Permissions boundary for the roles that the stack creates."
  type        = string
  default     = null

  validation {
    condition     = var.PERMISSIONS_BOUNDARY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/.+$", var.PERMISSIONS_BOUNDARY_ARN))
    error_message = "PERMISSIONS_BOUNDARY_ARN must be the ARN of a policy (arn:aws:iam::...:policy/...)."
  }
}

variable "PRODUCER_EXTRA_STATEMENTS" {
  description = "Further IAM statements for the role of the producer."
  type = list(object({
    Sid       = optional(string)
    Effect    = optional(string, "Allow")
    Action    = list(string)
    Resource  = list(string)
    Condition = optional(map(map(list(string))))
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.PRODUCER_EXTRA_STATEMENTS : contains(["Allow", "Deny"], statement.Effect)])
    error_message = "PRODUCER_EXTRA_STATEMENTS: Effect must be Allow or Deny."
  }
}

variable "CONSUMER_EXTRA_STATEMENTS" {
  description = "Further IAM statements for the role of the consumers."
  type = list(object({
    Sid       = optional(string)
    Effect    = optional(string, "Allow")
    Action    = list(string)
    Resource  = list(string)
    Condition = optional(map(map(list(string))))
  }))
  default  = []
  nullable = false

  validation {
    condition     = alltrue([for statement in var.CONSUMER_EXTRA_STATEMENTS : contains(["Allow", "Deny"], statement.Effect)])
    error_message = "CONSUMER_EXTRA_STATEMENTS: Effect must be Allow or Deny."
  }
}
