# Passwords, written by write-only arguments: neither the state nor a saved plan contains them.

locals {
  # The JSON form that RDS uses for its own secrets, so that both are read by the same key.
  db_secret_arn = one(concat(compact([var.DB_SECRET_ARN]), aws_secretsmanager_secret.db[*].arn))

  db_password_from    = "${local.db_secret_arn}:password::"
  redis_password_from = aws_secretsmanager_secret.redis.arn

  # Redis gets its certificate and key; the consumers get the certificate of the authority.
  redis_certificate_secrets = [
    for pair in [["REDIS_TLS_CERTIFICATE", "certificate"], ["REDIS_TLS_KEY", "key"]] :
    { name = pair[0], valueFrom = "${var.REDIS_TLS_SECRET_ARN}:${pair[1]}::" } if local.redis_tls
  ]
  redis_authority_secrets = [
    for name in ["REDIS_TLS_CA"] : { name = name, valueFrom = "${var.REDIS_TLS_SECRET_ARN}:ca::" } if local.redis_tls
  ]

  # Only the producer serves the dashboard and sends messages.
  operator_secrets = [
    for pair in [["HTTP_TOKEN", var.HTTP_TOKEN_SECRET_ARN], ["WEBHOOK_SECRET", var.WEBHOOK_SECRET_ARN]] :
    { name = pair[0], valueFrom = pair[1] } if pair[1] != null
  ]
}

#trivy:ignore:AVD-AWS-0098 The AWS managed key is the default; KMS_KEY_ARN sets another
resource "aws_secretsmanager_secret" "db" {
  #checkov:skip=CKV_AWS_149:The AWS managed key is the default; KMS_KEY_ARN sets another.
  #checkov:skip=CKV2_AWS_57:Exists as long as the migration. A rotated secret is named in DB_SECRET_ARN instead.
  count = var.DB_SECRET_ARN == null ? 1 : 0

  # A prefix and no recovery window: otherwise the name couldn't be used again for days after a destroy.
  name_prefix             = "${var.CLUSTER_NAME}-db-"
  description             = "Rehome: password of the database user"
  kms_key_id              = var.KMS_KEY_ARN
  recovery_window_in_days = 0
  tags                    = local.tags
}

resource "aws_secretsmanager_secret_version" "db" {
  count = var.DB_SECRET_ARN == null ? 1 : 0

  secret_id                = aws_secretsmanager_secret.db[0].id
  secret_string_wo         = jsonencode({ username = var.DB_USER, password = var.DB_PASSWORD })
  secret_string_wo_version = var.DB_PASSWORD_VERSION
}

#trivy:ignore:AVD-AWS-0098 The AWS managed key is the default; KMS_KEY_ARN sets another
resource "aws_secretsmanager_secret" "redis" {
  #checkov:skip=CKV_AWS_149:The AWS managed key is the default; KMS_KEY_ARN sets another.
  #checkov:skip=CKV2_AWS_57:Exists as long as the migration; REDIS_PASSWORD_VERSION makes a new one.
  name_prefix             = "${var.CLUSTER_NAME}-redis-"
  description             = "Rehome: password of Redis"
  kms_key_id              = var.KMS_KEY_ARN
  recovery_window_in_days = 0
  tags                    = local.tags
}

# Generated, because nobody needs to know it. uuid() reads the system's secure random source at apply; two of them have
# 244 random bits. The value differs at each apply, but it is sent only when the version is raised.
resource "aws_secretsmanager_secret_version" "redis" {
  secret_id                = aws_secretsmanager_secret.redis.id
  secret_string_wo         = replace("${uuid()}${uuid()}", "-", "")
  secret_string_wo_version = var.REDIS_PASSWORD_VERSION
}
