# Three parties: ECS itself (execution role), the producer, the consumers; each gets what it does and no more.
# Policies are written with jsonencode, so that the tests can read the very statements.

locals {
  # Only tasks of this account and region may take a role on.
  task_trust = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { Service = "ecs-tasks.amazonaws.com" }
      Action    = "sts:AssumeRole"
      Condition = {
        StringEquals = { "aws:SourceAccount" = local.account_id }
        ArnLike      = { "aws:SourceArn" = "arn:${local.partition}:ecs:${var.AWS_REGION}:${local.account_id}:*" }
      }
    }]
  })

  # KMS keys, each with the services and actions that it is needed for. Keys and buckets share a region,
  # which need not be ours.
  via_secrets_manager = "secretsmanager.${var.AWS_REGION}.${data.aws_partition.current.dns_suffix}"
  secret_keys         = distinct(compact([var.KMS_KEY_ARN, var.DB_SECRET_KMS_KEY_ARN]))

  secret_key_statements = [
    for key in local.secret_keys : {
      Sid       = "DecryptSecrets${index(local.secret_keys, key)}"
      Effect    = "Allow"
      Action    = ["kms:Decrypt"]
      Resource  = [key]
      Condition = { StringEquals = { "kms:ViaService" = local.via_secrets_manager } }
    }
  ]

  # A task may read the database's secret itself only if it is the user's: that one may be rotated in the
  # middle of a run. Ours doesn't change while a task lives, and ECS hands it over at the start.
  rotated_secret_statements = concat(
    [
      for arn in compact([var.DB_SECRET_ARN]) : {
        Sid      = "FollowRotationOfTheDatabasePassword"
        Effect   = "Allow"
        Action   = ["secretsmanager:GetSecretValue"]
        Resource = [arn]
      }
    ],
    [
      for key in compact([var.DB_SECRET_KMS_KEY_ARN]) : {
        Sid       = "DecryptTheDatabasePassword"
        Effect    = "Allow"
        Action    = ["kms:Decrypt"]
        Resource  = [key]
        Condition = { StringEquals = { "kms:ViaService" = local.via_secrets_manager } }
      } if var.DB_SECRET_ARN != null
    ],
  )

  source_bucket_arn = "arn:${local.partition}:s3:::${var.SOURCE_S3_BUCKET}"
  target_bucket_arn = "arn:${local.partition}:s3:::${var.TARGET_S3_BUCKET}"
}

# Execution: what ECS does before the container runs.

resource "aws_iam_role" "execution" {
  name               = "${var.CLUSTER_NAME}-${var.AWS_REGION}-execution"
  description        = "Rehome: pull images, write logs, inject passwords"
  assume_role_policy = local.task_trust
}

#trivy:ignore:AVD-AWS-0057 GetAuthorizationToken knows no resource, and log streams have names that ECS makes up
resource "aws_iam_role_policy" "execution" {
  name = "execution"
  role = aws_iam_role.execution.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          Sid      = "LogInToTheRegistry"
          Effect   = "Allow"
          Action   = ["ecr:GetAuthorizationToken"]
          Resource = ["*"]
        },
        {
          Sid      = "PullImages"
          Effect   = "Allow"
          Action   = ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
          Resource = [data.aws_ecr_repository.producer.arn, data.aws_ecr_repository.consumer.arn]
        },
        {
          # No CreateLogGroup: a group made by a task would outlive a destroy.
          Sid    = "WriteLogs"
          Effect = "Allow"
          Action = ["logs:CreateLogStream", "logs:PutLogEvents"]
          Resource = [
            "${aws_cloudwatch_log_group.producer.arn}:*",
            "${aws_cloudwatch_log_group.consumer.arn}:*",
          ]
        },
        {
          Sid      = "InjectPasswords"
          Effect   = "Allow"
          Action   = ["secretsmanager:GetSecretValue"]
          Resource = [local.db_secret_arn, aws_secretsmanager_secret.redis.arn]
        },
      ],
      local.secret_key_statements,
    )
  })
}

# Producer: ends the run, and mounts Redis' directory. Of S3 it has the manifest, if there is one, and nothing else.

resource "aws_iam_role" "producer" {
  name               = "${var.CLUSTER_NAME}-${var.AWS_REGION}-producer"
  description        = "Rehome: the producer and its Redis"
  assume_role_policy = local.task_trust
}

resource "aws_iam_role_policy" "producer" {
  name = "producer"
  role = aws_iam_role.producer.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          # No iam:PassRole: a change of the desired count registers nothing.
          Sid       = "ScaleToZero"
          Effect    = "Allow"
          Action    = ["ecs:DescribeServices", "ecs:UpdateService"]
          Resource  = [local.producer_service_arn, local.consumer_service_arn]
          Condition = { ArnEquals = { "ecs:cluster" = local.cluster_arn } }
        },
        {
          # No ClientRootAccess: nothing in the task is root.
          Sid       = "MountTheRedisDirectory"
          Effect    = "Allow"
          Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
          Resource  = [aws_efs_file_system.redis.arn]
          Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = aws_efs_access_point.redis.arn } }
        },
      ],
      [
        for manifest in compact([var.MANIFEST]) : {
          Sid      = "ReadTheManifest"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = ["arn:${local.partition}:s3:::${trimprefix(manifest, "s3://")}"]
        }
      ],
      local.rotated_secret_statements,
    )
  })
}

# Consumers: read below the legacy prefix, write below the target prefix; with a manifest, whose keys may be any, anywhere in the
# two buckets. Nothing may be deleted.

resource "aws_iam_role" "consumer" {
  name               = "${var.CLUSTER_NAME}-${var.AWS_REGION}-consumer"
  description        = "Rehome: the consumers"
  assume_role_policy = local.task_trust
}

#trivy:ignore:AVD-AWS-0057 The wildcard ends a prefix: these objects are what the program is for
resource "aws_iam_role_policy" "consumer" {
  name = "consumer"
  role = aws_iam_role.consumer.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          # Tags too: without the right a copy of a tagged object fails.
          Sid      = "ReadLegacyObjects"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:GetObjectTagging"]
          Resource = ["${local.source_bucket_arn}/${var.MANIFEST == null ? local.legacy_prefix : ""}*"]
        },
        {
          # GetObject is for the check after the copy.
          Sid    = "WriteMigratedObjects"
          Effect = "Allow"
          Action = [
            "s3:AbortMultipartUpload",
            "s3:GetObject",
            "s3:ListMultipartUploadParts",
            "s3:PutObject",
            "s3:PutObjectTagging",
          ]
          Resource = ["${local.target_bucket_arn}/${var.MANIFEST == null ? local.target_prefix : ""}*"]
        },
        {
          # Makes a missing key a 404 and not a 403. A condition on s3:prefix would undo that: a HEAD has none.
          Sid      = "TellMissingFromForbidden"
          Effect   = "Allow"
          Action   = ["s3:ListBucket"]
          Resource = distinct([local.source_bucket_arn, local.target_bucket_arn])
        },
      ],
      [
        for key in compact([var.SOURCE_KMS_KEY_ARN]) : {
          Sid       = "DecryptLegacyObjects"
          Effect    = "Allow"
          Action    = ["kms:Decrypt"]
          Resource  = [key]
          Condition = { StringEquals = { "kms:ViaService" = "s3.${split(":", key)[3]}.${data.aws_partition.current.dns_suffix}" } }
        }
      ],
      [
        for key in compact([var.TARGET_KMS_KEY_ARN]) : {
          # Decrypt as well: a multipart upload reads what it wrote.
          Sid       = "EncryptMigratedObjects"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = [key]
          Condition = { StringEquals = { "kms:ViaService" = "s3.${split(":", key)[3]}.${data.aws_partition.current.dns_suffix}" } }
        }
      ],
      local.rotated_secret_statements,
    )
  })
}
