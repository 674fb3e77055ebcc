# The whole way, state included, and then a second time.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  AWS_REGION                  = "eu-central-1"
  SOURCE_S3_BUCKET            = "legacy-images"
  TARGET_S3_BUCKET            = "modern-images"
  LEGACY_S3_OBJECT_PREFIX     = "image"
  TARGET_OBJECT_PREFIX        = "avatar/"
  DATABASE_HOST               = "db.example.internal"
  DATABASE_NAME               = "shop"
  DATABASE_TABLE_TO_UPDATE    = "pictures"
  TABLE_COLUMN_NAME_TO_UPDATE = "path"
  DB_USER                     = "rehome"
  DB_PASSWORD                 = "plain-text-of-the-test"
}

run "first_apply" {
  assert {
    condition     = aws_secretsmanager_secret_version.db[0].secret_string == null && aws_secretsmanager_secret_version.db[0].secret_string_wo == null
    error_message = "The database password must be written only."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.redis.secret_string == null && aws_secretsmanager_secret_version.redis.secret_string_wo == null
    error_message = "The Redis password must be written only."
  }

  assert {
    condition     = output.services == { s3Mig_producer_service = 1, s3Mig_consumer_service = 2 }
    error_message = "The outputs must tell how many tasks were asked for."
  }
}

run "second_apply_scales" {
  variables {
    CONSUMER_TASK_COUNT = 9
  }

  assert {
    condition     = aws_ecs_service.s3Mig_consumer_service.desired_count == 9
    error_message = "A second apply must scale."
  }
}

run "third_apply_stops_both" {
  variables {
    MIGRATION_ENABLED = false
  }

  assert {
    condition     = output.services == { s3Mig_producer_service = 0, s3Mig_consumer_service = 0 }
    error_message = "MIGRATION_ENABLED=false must stop both services."
  }
}
