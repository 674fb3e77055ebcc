# The Redis data, so that a restarted Redis finds its append-only file. The migration doesn't depend on it: the
# production table is the work list, and the producer rebuilds a lost queue from it.

resource "aws_efs_file_system" "redis" {
  #checkov:skip=CKV_AWS_184:The AWS managed key is enough for batch ids and object keys; KMS_KEY_ARN sets another.
  encrypted  = true
  kms_key_id = var.KMS_KEY_ARN

  # Redis writes little to its append-only file, but continuously, which uses up the burst credits of a small file system.
  throughput_mode = "elastic"

  tags = merge(local.tags, { Name = "${var.CLUSTER_NAME}-redis" })
}

# All files belong to the uid of the Redis image, whatever uid the client has. A chown through an access point fails, so the
# container must run as this uid.
resource "aws_efs_access_point" "redis" {
  file_system_id = aws_efs_file_system.redis.id
  tags           = local.tags

  posix_user {
    uid = local.redis_uid
    gid = local.redis_uid
  }

  root_directory {
    path = "/redis"

    creation_info {
      owner_uid   = local.redis_uid
      owner_gid   = local.redis_uid
      permissions = "0750"
    }
  }
}

resource "aws_efs_mount_target" "redis" {
  for_each = local.subnet_of_zone

  file_system_id  = aws_efs_file_system.redis.id
  subnet_id       = each.value
  security_groups = [aws_security_group.efs.id]
}

resource "aws_efs_file_system_policy" "redis" {
  file_system_id = aws_efs_file_system.redis.id

  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Sid       = "ProducerThroughAccessPoint"
        Effect    = "Allow"
        Principal = { AWS = local.producer_role_arn }
        Action    = ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"]
        Resource  = aws_efs_file_system.redis.arn
        Condition = {
          Bool         = { "aws:SecureTransport" = "true" }
          StringEquals = { "elasticfilesystem:AccessPointArn" = aws_efs_access_point.redis.arn }
        }
      },
      {
        Sid       = "NothingWithoutTls"
        Effect    = "Deny"
        Principal = { AWS = "*" }
        Action    = "*"
        Resource  = aws_efs_file_system.redis.arn
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}

resource "aws_efs_backup_policy" "redis" {
  #checkov:skip=CKV2_AWS_18:A backup of the queue would be outdated; the producer rebuilds the queue from the table.
  file_system_id = aws_efs_file_system.redis.id

  backup_policy {
    status = "DISABLED"
  }
}

locals {
  # The user redis of the Debian-based image; on Alpine the group is 1000.
  redis_uid = 999
}
