# Three roles with the least rights: ECS itself (execution role), the producer, the consumers. Policies are written with
# jsonencode, so that the tests can compare whole statements.

locals {
  execution_role_arn = one(concat(compact([var.EXECUTION_ROLE_ARN]), aws_iam_role.execution[*].arn))
  producer_role_arn  = one(concat(compact([var.PRODUCER_ROLE_ARN]), aws_iam_role.producer[*].arn))
  consumer_role_arn  = one(concat(compact([var.CONSUMER_ROLE_ARN]), aws_iam_role.consumer[*].arn))

  # Only tasks of this account and region may assume the roles.
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

  # KMS keys, each only for the service and the actions that need it. A bucket's key is in the bucket's region, which
  # may differ from AWS_REGION.
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

  # The programs read only an existing secret themselves, because it may be rotated during a run. The stack's own secret
  # doesn't change while a task runs, and ECS injects it at the start.
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

  # ECS Exec: the agent in the task opens its channels to Session Manager. The actions don't support resources.
  exec_statements = [
    for statement in [{
      Sid    = "OpenExecSessions"
      Effect = "Allow"
      Action = [
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ]
      Resource = ["*"]
    }] : statement if var.ECS_EXEC
  ]

  extra_statements = {
    for role, statements in { producer = var.PRODUCER_EXTRA_STATEMENTS, consumer = var.CONSUMER_EXTRA_STATEMENTS } :
    role => [for statement in statements : { for name, value in statement : name => value if value != null }]
  }

  source_bucket_arn = "arn:${local.partition}:s3:::${var.SOURCE_S3_BUCKET}"
  target_bucket_arn = "arn:${local.partition}:s3:::${var.TARGET_S3_BUCKET}"
  readable_objects  = "${local.source_bucket_arn}/${var.MANIFEST == null ? local.legacy_prefix : ""}*"
  writable_objects  = "${local.target_bucket_arn}/${var.MANIFEST == null ? local.target_prefix : ""}*"

  # Without s3:ListBucket, S3 responds to HEAD of a missing key with 403 instead of 404. The statement has no condition on
  # s3:prefix, because HEAD sends no prefix.
  list_statement = {
    Sid      = "TellMissingFromForbidden"
    Effect   = "Allow"
    Action   = ["s3:ListBucket"]
    Resource = distinct([local.source_bucket_arn, local.target_bucket_arn])
  }

  report_locations = [for location in compact([lookup(var.EXTRA_SETTINGS, "REPORT_LOCATION", "")]) : location if startswith(location, "s3://")]

  # GetObject is for the check after a copy. Only a canned ACL, which TARGET_ACL sets, needs PutObjectAcl.
  write_actions = concat(
    ["s3:AbortMultipartUpload", "s3:GetObject", "s3:ListMultipartUploadParts", "s3:PutObject"],
    contains(keys(var.EXTRA_SETTINGS), "TARGET_ACL") ? ["s3:PutObjectAcl"] : [],
    ["s3:PutObjectTagging"],
  )
}

# Execution: ECS pulls the images, writes the logs and injects the passwords.

resource "aws_iam_role" "execution" {
  count = var.EXECUTION_ROLE_ARN == null ? 1 : 0

  name               = "${var.CLUSTER_NAME}-${var.AWS_REGION}-execution"
  description        = "Rehome: pull images, write logs, inject passwords"
  assume_role_policy = local.task_trust

  permissions_boundary = var.PERMISSIONS_BOUNDARY_ARN
  tags                 = local.tags
}

#trivy:ignore:AVD-AWS-0057 GetAuthorizationToken doesn't support resources, and ECS generates the names of log streams
resource "aws_iam_role_policy" "execution" {
  count = var.EXECUTION_ROLE_ARN == null ? 1 : 0

  name = "execution"
  role = aws_iam_role.execution[0].id

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
          # No CreateLogGroup, because a destroy doesn't delete a group that a task has created.
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
          Resource = concat([local.db_secret_arn, aws_secretsmanager_secret.redis.arn], compact([var.REDIS_TLS_SECRET_ARN, var.HTTP_TOKEN_SECRET_ARN, var.WEBHOOK_SECRET_ARN]))
        },
      ],
      local.secret_key_statements,
    )
  })
}

# Producer: scales the services and mounts Redis' directory. It reads objects to check them, and writes only reports.

resource "aws_iam_role" "producer" {
  count = var.PRODUCER_ROLE_ARN == null ? 1 : 0

  name               = "${var.CLUSTER_NAME}-${var.AWS_REGION}-producer"
  description        = "Rehome: the producer and its Redis"
  assume_role_policy = local.task_trust

  permissions_boundary = var.PERMISSIONS_BOUNDARY_ARN
  tags                 = local.tags
}

resource "aws_iam_role_policy" "producer" {
  count = var.PRODUCER_ROLE_ARN == null ? 1 : 0

  name = "producer"
  role = aws_iam_role.producer[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          # No iam:PassRole: a change of the desired count doesn't need it.
          Sid       = "ScaleToZero"
          Effect    = "Allow"
          Action    = ["ecs:DescribeServices", "ecs:UpdateService"]
          Resource  = [local.producer_service_arn, local.consumer_service_arn]
          Condition = { ArnEquals = { "ecs:cluster" = local.cluster_arn } }
        },
        {
          # No ClientRootAccess: nothing in the task runs as root.
          Sid       = "MountTheRedisDirectory"
          Effect    = "Allow"
          Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
          Resource  = [aws_efs_file_system.redis.arn]
          Condition = { StringEquals = { "elasticfilesystem:AccessPointArn" = aws_efs_access_point.redis.arn } }
        },
      ],
      [
        {
          # plan, the canary and rollback check objects, but don't copy them.
          Sid      = "CheckObjects"
          Effect   = "Allow"
          Action   = ["s3:GetObject"]
          Resource = distinct([local.readable_objects, local.writable_objects])
        },
        local.list_statement,
      ],
      [
        for location in local.report_locations : {
          Sid      = "WriteReports"
          Effect   = "Allow"
          Action   = ["s3:PutObject"]
          Resource = ["arn:${local.partition}:s3:::${trimsuffix(trimprefix(location, "s3://"), "/")}/*"]
        }
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
      local.exec_statements,
      local.extra_statements.producer,
    )
  })
}

# Consumers: read under the legacy prefix and write under the target prefix. With a manifest, which may name any key, they
# read and write the two whole buckets. They can't delete anything.

resource "aws_iam_role" "consumer" {
  count = var.CONSUMER_ROLE_ARN == null ? 1 : 0

  name               = "${var.CLUSTER_NAME}-${var.AWS_REGION}-consumer"
  description        = "Rehome: the consumers"
  assume_role_policy = local.task_trust

  permissions_boundary = var.PERMISSIONS_BOUNDARY_ARN
  tags                 = local.tags
}

#trivy:ignore:AVD-AWS-0057 The wildcard follows a prefix: the program reads and writes exactly these objects
resource "aws_iam_role_policy" "consumer" {
  count = var.CONSUMER_ROLE_ARN == null ? 1 : 0

  name = "consumer"
  role = aws_iam_role.consumer[0].id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = concat(
      [
        {
          # Without the right to read tags, a copy of a tagged object fails.
          Sid      = "ReadLegacyObjects"
          Effect   = "Allow"
          Action   = ["s3:GetObject", "s3:GetObjectTagging"]
          Resource = [local.readable_objects]
        },
        {
          Sid      = "WriteMigratedObjects"
          Effect   = "Allow"
          Action   = local.write_actions
          Resource = [local.writable_objects]
        },
        local.list_statement,
        {
          # An apply may start consumers after the end of the run; they scale their own service back to 0, but only
          # once they see that the producer's service is at 0.
          Sid       = "SeeWhetherAProducerRuns"
          Effect    = "Allow"
          Action    = ["ecs:DescribeServices"]
          Resource  = [local.producer_service_arn]
          Condition = { ArnEquals = { "ecs:cluster" = local.cluster_arn } }
        },
        {
          Sid       = "ScaleTheirOwnService"
          Effect    = "Allow"
          Action    = ["ecs:UpdateService"]
          Resource  = [local.consumer_service_arn]
          Condition = { ArnEquals = { "ecs:cluster" = local.cluster_arn } }
        },
      ],
      [
        for role in compact([lookup(var.EXTRA_SETTINGS, "TARGET_ROLE_ARN", "")]) : {
          Sid      = "CopyByTheTargetRole"
          Effect   = "Allow"
          Action   = ["sts:AssumeRole"]
          Resource = [role]
        }
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
          # Decrypt as well, because S3 needs it to complete a multipart upload.
          Sid       = "EncryptMigratedObjects"
          Effect    = "Allow"
          Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
          Resource  = [key]
          Condition = { StringEquals = { "kms:ViaService" = "s3.${split(":", key)[3]}.${data.aws_partition.current.dns_suffix}" } }
        }
      ],
      local.rotated_secret_statements,
      local.exec_statements,
      local.extra_statements.consumer,
    )
  })
}
