# Three applies with state: the first, one that scales, one that stops both services.

mock_provider "aws" {
  source = "./tests/mocks"
}

run "first_apply" {
  assert {
    condition     = aws_secretsmanager_secret_version.db[0].secret_string == null && aws_secretsmanager_secret_version.db[0].secret_string_wo == null
    error_message = "The database password must be in no state."
  }

  assert {
    condition     = aws_secretsmanager_secret_version.redis.secret_string == null && aws_secretsmanager_secret_version.redis.secret_string_wo == null
    error_message = "The Redis password must be in no state."
  }

  assert {
    condition     = output.services == { s3Mig_producer_service = 1, s3Mig_consumer_service = 2 }
    error_message = "The output services must contain the desired counts."
  }
}

run "second_apply_scales" {
  variables {
    CONSUMER_TASK_COUNT = 9
  }

  assert {
    condition     = aws_ecs_service.s3Mig_consumer_service.desired_count == 9
    error_message = "A second apply with another CONSUMER_TASK_COUNT must scale the consumers."
  }
}

run "third_apply_stops_both" {
  variables {
    MIGRATION_ENABLED = false
  }

  assert {
    condition     = output.services == { s3Mig_producer_service = 0, s3Mig_consumer_service = 0 }
    error_message = "MIGRATION_ENABLED = false must set both services to 0."
  }
}
