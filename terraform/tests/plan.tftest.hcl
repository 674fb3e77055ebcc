# The whole plan, resource by resource: every argument of every resource is compared with tests/expected. An intended
# change goes into those files too, so that a review shows what AWS gets.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
}

override_data {
  target = data.aws_subnet.tasks["subnet-0a"]
  values = {
    availability_zone = "eu-central-1a"
  }
}

override_data {
  target = data.aws_subnet.tasks["subnet-0b"]
  values = {
    availability_zone = "eu-central-1b"
  }
}

run "defaults" {
  command = plan

  assert {
    condition = one([for expected in [jsondecode(file("${path.module}/tests/expected/defaults.json"))] : {
      for address, resource in merge(
        {
          "aws_cloudwatch_log_group.consumer"                       = aws_cloudwatch_log_group.consumer
          "aws_cloudwatch_log_group.producer"                       = aws_cloudwatch_log_group.producer
          "aws_ecs_service.s3Mig_consumer_service"                  = aws_ecs_service.s3Mig_consumer_service
          "aws_ecs_service.s3Mig_producer_service"                  = aws_ecs_service.s3Mig_producer_service
          "aws_ecs_task_definition.s3Mig_consumer_service"          = aws_ecs_task_definition.s3Mig_consumer_service
          "aws_ecs_task_definition.s3Mig_producer_service"          = aws_ecs_task_definition.s3Mig_producer_service
          "aws_efs_access_point.redis"                              = aws_efs_access_point.redis
          "aws_efs_backup_policy.redis"                             = aws_efs_backup_policy.redis
          "aws_efs_file_system.redis"                               = aws_efs_file_system.redis
          "aws_efs_file_system_policy.redis"                        = aws_efs_file_system_policy.redis
          "aws_secretsmanager_secret.redis"                         = aws_secretsmanager_secret.redis
          "aws_secretsmanager_secret_version.redis"                 = aws_secretsmanager_secret_version.redis
          "aws_security_group.consumer"                             = aws_security_group.consumer
          "aws_security_group.efs"                                  = aws_security_group.efs
          "aws_security_group.producer"                             = aws_security_group.producer
          "aws_service_discovery_private_dns_namespace.this"        = aws_service_discovery_private_dns_namespace.this
          "aws_service_discovery_service.redis"                     = aws_service_discovery_service.redis
          "aws_vpc_security_group_egress_rule.consumer_to_redis"    = aws_vpc_security_group_egress_rule.consumer_to_redis
          "aws_vpc_security_group_egress_rule.producer_to_efs"      = aws_vpc_security_group_egress_rule.producer_to_efs
          "aws_vpc_security_group_ingress_rule.efs_from_producer"   = aws_vpc_security_group_ingress_rule.efs_from_producer
          "aws_vpc_security_group_ingress_rule.redis_from_consumer" = aws_vpc_security_group_ingress_rule.redis_from_consumer
          "data.aws_ecr_image.consumer"                             = data.aws_ecr_image.consumer
          "data.aws_ecr_image.producer"                             = data.aws_ecr_image.producer
          "data.aws_ecr_repository.consumer"                        = data.aws_ecr_repository.consumer
          "data.aws_ecr_repository.producer"                        = data.aws_ecr_repository.producer
          "data.aws_vpc.this"                                       = data.aws_vpc.this
          "output"                                                  = { bucket_policies = output.bucket_policies, cluster = output.cluster, cluster_arn = output.cluster_arn, commands = output.commands, console = output.console, file_system = output.file_system, log_groups = output.log_groups, redis_host = output.redis_host, roles = output.roles, secrets = output.secrets, security_groups = output.security_groups, services = output.services, task_definitions = output.task_definitions }
        },
        { for key, each in aws_cloudwatch_event_rule.ending : "aws_cloudwatch_event_rule.ending[${key}]" => each },
        { for key, each in aws_cloudwatch_event_rule.trouble : "aws_cloudwatch_event_rule.trouble[${key}]" => each },
        { for key, each in aws_cloudwatch_event_target.ending : "aws_cloudwatch_event_target.ending[${key}]" => each },
        { for key, each in aws_cloudwatch_event_target.trouble : "aws_cloudwatch_event_target.trouble[${key}]" => each },
        { for key, each in aws_ecs_cluster.this : "aws_ecs_cluster.this[${key}]" => each },
        { for key, each in aws_ecs_cluster_capacity_providers.this : "aws_ecs_cluster_capacity_providers.this[${key}]" => each },
        { for key, each in aws_efs_mount_target.redis : "aws_efs_mount_target.redis[${key}]" => each },
        { for key, each in aws_iam_role.consumer : "aws_iam_role.consumer[${key}]" => each },
        { for key, each in aws_iam_role.execution : "aws_iam_role.execution[${key}]" => each },
        { for key, each in aws_iam_role.producer : "aws_iam_role.producer[${key}]" => each },
        { for key, each in aws_iam_role_policy.consumer : "aws_iam_role_policy.consumer[${key}]" => each },
        { for key, each in aws_iam_role_policy.execution : "aws_iam_role_policy.execution[${key}]" => each },
        { for key, each in aws_iam_role_policy.producer : "aws_iam_role_policy.producer[${key}]" => each },
        { for key, each in aws_secretsmanager_secret.db : "aws_secretsmanager_secret.db[${key}]" => each },
        { for key, each in aws_secretsmanager_secret_version.db : "aws_secretsmanager_secret_version.db[${key}]" => each },
        { for key, each in aws_security_group.endpoints : "aws_security_group.endpoints[${key}]" => each },
        { for key, each in aws_vpc_endpoint.interface : "aws_vpc_endpoint.interface[${key}]" => each },
        { for key, each in aws_vpc_endpoint.s3 : "aws_vpc_endpoint.s3[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.database : "aws_vpc_security_group_egress_rule.database[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.database_group : "aws_vpc_security_group_egress_rule.database_group[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.https : "aws_vpc_security_group_egress_rule.https[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.dashboard : "aws_vpc_security_group_ingress_rule.dashboard[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.database : "aws_vpc_security_group_ingress_rule.database[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.endpoints : "aws_vpc_security_group_ingress_rule.endpoints[${key}]" => each },
        { for key, each in data.aws_ecr_image.redis : "data.aws_ecr_image.redis[${key}]" => each },
        { for key, each in data.aws_ecs_cluster.existing : "data.aws_ecs_cluster.existing[${key}]" => each },
        { for key, each in data.aws_route_tables.all : "data.aws_route_tables.all[${key}]" => each },
        { for key, each in data.aws_subnet.tasks : "data.aws_subnet.tasks[${key}]" => each },
        { for key, each in data.aws_subnets.default : "data.aws_subnets.default[${key}]" => each },
      ) :
      address => jsonencode({ for name, value in resource : name => try(jsondecode(value), value) if contains(keys(lookup(expected, address, {})), name) })
    }]) == { for address, arguments in jsondecode(file("${path.module}/tests/expected/defaults.json")) : address => jsonencode(arguments) }
    error_message = "With the required settings alone the plan must be exactly tests/expected/defaults.json."
  }
}

run "every_option" {
  command = plan

  variables {
    ALARM_TOPIC_ARN                = "arn:aws:sns:eu-central-1:123456789012:alarms"
    BATCH_SIZE                     = 500
    CLUSTER_NAME                   = "Photo_Move_with_a_name_of_32_abc"
    CONSUMER_CPU                   = 512
    CONSUMER_EXTRA_STATEMENTS      = [{ Sid = "Extra", Action = ["s3:GetObjectVersion"], Resource = ["arn:aws:s3:::legacy-images/*"] }]
    CONSUMER_MEMORY                = 1024
    CONSUMER_SERVICE_NAME          = "photo-consumer"
    CONSUMER_TASK_COUNT            = 7
    CONSUMER_USE_SPOT              = true
    COPY_CONCURRENCY               = 64
    CPU_ARCHITECTURE               = "ARM64"
    CREATE_INTERFACE_ENDPOINTS     = true
    CREATE_S3_GATEWAY_ENDPOINT     = true
    DATABASE_CIDR_BLOCKS           = ["10.1.2.0/24"]
    DATABASE_PORT                  = 3307
    DATABASE_SECURITY_GROUP_ID     = "sg-0db"
    DATABASE_TLS                   = "verify-ca"
    DATABASE_TLS_CA                = "/etc/ssl/rds.pem"
    DB_PASSWORD                    = null
    DB_SECRET_ARN                  = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
    DB_SECRET_KMS_KEY_ARN          = "arn:aws:kms:eu-central-1:123456789012:key/db"
    ECS_EXEC                       = true
    EXTRA_SETTINGS                 = { TARGET_ROLE_ARN = "arn:aws:iam::210987654321:role/writer", TARGET_ACL = "bucket-owner-full-control", VERIFY_COPIES = "head" }
    HTTP_BIND                      = "0.0.0.0"
    HTTP_CLIENT_CIDR_BLOCKS        = ["10.8.0.0/16"]
    HTTP_CLIENT_SECURITY_GROUP_IDS = ["sg-0bastion"]
    HTTP_TOKEN_SECRET_ARN          = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:dashboard-Aa1Bb2"
    IMAGE_TAG                      = "1.4.2"
    KEY_LAYOUT                     = "flatten"
    KMS_KEY_ARN                    = "arn:aws:kms:eu-central-1:123456789012:key/own"
    LOG_RETENTION_DAYS             = 7
    MANIFEST                       = "s3://lists/part-1.csv"
    MAX_LOCK_WAITS                 = 0
    MAX_REPLICA_LAG_SECONDS        = 2.5
    PERMISSIONS_BOUNDARY_ARN       = "arn:aws:iam::123456789012:policy/boundary"
    PRODUCER_CPU                   = 2048
    PRODUCER_EXTRA_STATEMENTS      = [{ Effect = "Deny", Action = ["s3:PutObject"], Resource = ["*"], Condition = { StringEquals = { "aws:PrincipalTag/team" = ["x"] } } }]
    PRODUCER_MEMORY                = 4096
    PRODUCER_SERVICE_NAME          = "photo-producer"
    REDIS_MEMORY                   = 1536
    REDIS_TLS_SECRET_ARN           = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:redis-tls-Yy8Xx7"
    REPLICA_SECURITY_GROUP_IDS     = ["sg-0replica"]
    SOURCE_KMS_KEY_ARN             = "arn:aws:kms:us-east-1:123456789012:key/source"
    STOP_TIMEOUT_SECONDS           = 60
    TAGS                           = { Team = "images" }
    TARGET_KMS_KEY_ARN             = "arn:aws:kms:eu-central-1:123456789012:key/target"
    TARGET_OBJECT_PREFIX           = ""
    TEMP_TABLE_FOR_UPDATE          = "photo_mapping"
    THROTTLE_REPLICAS              = ["replica-1", "replica-2:3308"]
    WEBHOOK_SECRET_ARN             = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:webhook-Cc3Dd4"
    WEBHOOK_URL                    = "https://hooks.example.com/rehome?team=images"
  }

  assert {
    condition = one([for expected in [jsondecode(file("${path.module}/tests/expected/every_option.json"))] : {
      for address, resource in merge(
        {
          "aws_cloudwatch_log_group.consumer"                       = aws_cloudwatch_log_group.consumer
          "aws_cloudwatch_log_group.producer"                       = aws_cloudwatch_log_group.producer
          "aws_ecs_service.s3Mig_consumer_service"                  = aws_ecs_service.s3Mig_consumer_service
          "aws_ecs_service.s3Mig_producer_service"                  = aws_ecs_service.s3Mig_producer_service
          "aws_ecs_task_definition.s3Mig_consumer_service"          = aws_ecs_task_definition.s3Mig_consumer_service
          "aws_ecs_task_definition.s3Mig_producer_service"          = aws_ecs_task_definition.s3Mig_producer_service
          "aws_efs_access_point.redis"                              = aws_efs_access_point.redis
          "aws_efs_backup_policy.redis"                             = aws_efs_backup_policy.redis
          "aws_efs_file_system.redis"                               = aws_efs_file_system.redis
          "aws_efs_file_system_policy.redis"                        = aws_efs_file_system_policy.redis
          "aws_secretsmanager_secret.redis"                         = aws_secretsmanager_secret.redis
          "aws_secretsmanager_secret_version.redis"                 = aws_secretsmanager_secret_version.redis
          "aws_security_group.consumer"                             = aws_security_group.consumer
          "aws_security_group.efs"                                  = aws_security_group.efs
          "aws_security_group.producer"                             = aws_security_group.producer
          "aws_service_discovery_private_dns_namespace.this"        = aws_service_discovery_private_dns_namespace.this
          "aws_service_discovery_service.redis"                     = aws_service_discovery_service.redis
          "aws_vpc_security_group_egress_rule.consumer_to_redis"    = aws_vpc_security_group_egress_rule.consumer_to_redis
          "aws_vpc_security_group_egress_rule.producer_to_efs"      = aws_vpc_security_group_egress_rule.producer_to_efs
          "aws_vpc_security_group_ingress_rule.efs_from_producer"   = aws_vpc_security_group_ingress_rule.efs_from_producer
          "aws_vpc_security_group_ingress_rule.redis_from_consumer" = aws_vpc_security_group_ingress_rule.redis_from_consumer
          "data.aws_ecr_image.consumer"                             = data.aws_ecr_image.consumer
          "data.aws_ecr_image.producer"                             = data.aws_ecr_image.producer
          "data.aws_ecr_repository.consumer"                        = data.aws_ecr_repository.consumer
          "data.aws_ecr_repository.producer"                        = data.aws_ecr_repository.producer
          "data.aws_vpc.this"                                       = data.aws_vpc.this
          "output"                                                  = { bucket_policies = output.bucket_policies, cluster = output.cluster, cluster_arn = output.cluster_arn, commands = output.commands, console = output.console, file_system = output.file_system, log_groups = output.log_groups, redis_host = output.redis_host, roles = output.roles, secrets = output.secrets, security_groups = output.security_groups, services = output.services, task_definitions = output.task_definitions }
        },
        { for key, each in aws_cloudwatch_event_rule.ending : "aws_cloudwatch_event_rule.ending[${key}]" => each },
        { for key, each in aws_cloudwatch_event_rule.trouble : "aws_cloudwatch_event_rule.trouble[${key}]" => each },
        { for key, each in aws_cloudwatch_event_target.ending : "aws_cloudwatch_event_target.ending[${key}]" => each },
        { for key, each in aws_cloudwatch_event_target.trouble : "aws_cloudwatch_event_target.trouble[${key}]" => each },
        { for key, each in aws_ecs_cluster.this : "aws_ecs_cluster.this[${key}]" => each },
        { for key, each in aws_ecs_cluster_capacity_providers.this : "aws_ecs_cluster_capacity_providers.this[${key}]" => each },
        { for key, each in aws_efs_mount_target.redis : "aws_efs_mount_target.redis[${key}]" => each },
        { for key, each in aws_iam_role.consumer : "aws_iam_role.consumer[${key}]" => each },
        { for key, each in aws_iam_role.execution : "aws_iam_role.execution[${key}]" => each },
        { for key, each in aws_iam_role.producer : "aws_iam_role.producer[${key}]" => each },
        { for key, each in aws_iam_role_policy.consumer : "aws_iam_role_policy.consumer[${key}]" => each },
        { for key, each in aws_iam_role_policy.execution : "aws_iam_role_policy.execution[${key}]" => each },
        { for key, each in aws_iam_role_policy.producer : "aws_iam_role_policy.producer[${key}]" => each },
        { for key, each in aws_secretsmanager_secret.db : "aws_secretsmanager_secret.db[${key}]" => each },
        { for key, each in aws_secretsmanager_secret_version.db : "aws_secretsmanager_secret_version.db[${key}]" => each },
        { for key, each in aws_security_group.endpoints : "aws_security_group.endpoints[${key}]" => each },
        { for key, each in aws_vpc_endpoint.interface : "aws_vpc_endpoint.interface[${key}]" => each },
        { for key, each in aws_vpc_endpoint.s3 : "aws_vpc_endpoint.s3[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.database : "aws_vpc_security_group_egress_rule.database[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.database_group : "aws_vpc_security_group_egress_rule.database_group[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.https : "aws_vpc_security_group_egress_rule.https[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.dashboard : "aws_vpc_security_group_ingress_rule.dashboard[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.database : "aws_vpc_security_group_ingress_rule.database[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.endpoints : "aws_vpc_security_group_ingress_rule.endpoints[${key}]" => each },
        { for key, each in data.aws_ecr_image.redis : "data.aws_ecr_image.redis[${key}]" => each },
        { for key, each in data.aws_ecs_cluster.existing : "data.aws_ecs_cluster.existing[${key}]" => each },
        { for key, each in data.aws_route_tables.all : "data.aws_route_tables.all[${key}]" => each },
        { for key, each in data.aws_subnet.tasks : "data.aws_subnet.tasks[${key}]" => each },
        { for key, each in data.aws_subnets.default : "data.aws_subnets.default[${key}]" => each },
      ) :
      address => jsonencode({ for name, value in resource : name => try(jsondecode(value), value) if contains(keys(lookup(expected, address, {})), name) })
    }]) == { for address, arguments in jsondecode(file("${path.module}/tests/expected/every_option.json")) : address => jsonencode(arguments) }
    error_message = "With all options the plan must be exactly tests/expected/every_option.json."
  }
}

run "existing_resources" {
  command = plan

  variables {
    CONSUMER_ROLE_ARN          = "arn:aws:iam::123456789012:role/own-consumer"
    CREATE_CLUSTER             = false
    DATABASE_SECURITY_GROUP_ID = "sg-0db"
    EXECUTION_ROLE_ARN         = "arn:aws:iam::123456789012:role/own-execution"
    PRODUCER_ROLE_ARN          = "arn:aws:iam::123456789012:role/own-producer"
    REDIS_IMAGE                = "public.ecr.aws/example/rehome-redis:1.0"
    SUBNET_IDS                 = ["subnet-0a", "subnet-0b"]
    THROTTLE_REPLICAS          = ["replica-1:3306", "replica-2:3307"]
    VPC_ID                     = "vpc-0aaa"
  }

  assert {
    condition = one([for expected in [jsondecode(file("${path.module}/tests/expected/existing_resources.json"))] : {
      for address, resource in merge(
        {
          "aws_cloudwatch_log_group.consumer"                       = aws_cloudwatch_log_group.consumer
          "aws_cloudwatch_log_group.producer"                       = aws_cloudwatch_log_group.producer
          "aws_ecs_service.s3Mig_consumer_service"                  = aws_ecs_service.s3Mig_consumer_service
          "aws_ecs_service.s3Mig_producer_service"                  = aws_ecs_service.s3Mig_producer_service
          "aws_ecs_task_definition.s3Mig_consumer_service"          = aws_ecs_task_definition.s3Mig_consumer_service
          "aws_ecs_task_definition.s3Mig_producer_service"          = aws_ecs_task_definition.s3Mig_producer_service
          "aws_efs_access_point.redis"                              = aws_efs_access_point.redis
          "aws_efs_backup_policy.redis"                             = aws_efs_backup_policy.redis
          "aws_efs_file_system.redis"                               = aws_efs_file_system.redis
          "aws_efs_file_system_policy.redis"                        = aws_efs_file_system_policy.redis
          "aws_secretsmanager_secret.redis"                         = aws_secretsmanager_secret.redis
          "aws_secretsmanager_secret_version.redis"                 = aws_secretsmanager_secret_version.redis
          "aws_security_group.consumer"                             = aws_security_group.consumer
          "aws_security_group.efs"                                  = aws_security_group.efs
          "aws_security_group.producer"                             = aws_security_group.producer
          "aws_service_discovery_private_dns_namespace.this"        = aws_service_discovery_private_dns_namespace.this
          "aws_service_discovery_service.redis"                     = aws_service_discovery_service.redis
          "aws_vpc_security_group_egress_rule.consumer_to_redis"    = aws_vpc_security_group_egress_rule.consumer_to_redis
          "aws_vpc_security_group_egress_rule.producer_to_efs"      = aws_vpc_security_group_egress_rule.producer_to_efs
          "aws_vpc_security_group_ingress_rule.efs_from_producer"   = aws_vpc_security_group_ingress_rule.efs_from_producer
          "aws_vpc_security_group_ingress_rule.redis_from_consumer" = aws_vpc_security_group_ingress_rule.redis_from_consumer
          "data.aws_ecr_image.consumer"                             = data.aws_ecr_image.consumer
          "data.aws_ecr_image.producer"                             = data.aws_ecr_image.producer
          "data.aws_ecr_repository.consumer"                        = data.aws_ecr_repository.consumer
          "data.aws_ecr_repository.producer"                        = data.aws_ecr_repository.producer
          "data.aws_vpc.this"                                       = data.aws_vpc.this
          "output"                                                  = { bucket_policies = output.bucket_policies, cluster = output.cluster, cluster_arn = output.cluster_arn, commands = output.commands, console = output.console, file_system = output.file_system, log_groups = output.log_groups, redis_host = output.redis_host, roles = output.roles, secrets = output.secrets, security_groups = output.security_groups, services = output.services, task_definitions = output.task_definitions }
        },
        { for key, each in aws_cloudwatch_event_rule.ending : "aws_cloudwatch_event_rule.ending[${key}]" => each },
        { for key, each in aws_cloudwatch_event_rule.trouble : "aws_cloudwatch_event_rule.trouble[${key}]" => each },
        { for key, each in aws_cloudwatch_event_target.ending : "aws_cloudwatch_event_target.ending[${key}]" => each },
        { for key, each in aws_cloudwatch_event_target.trouble : "aws_cloudwatch_event_target.trouble[${key}]" => each },
        { for key, each in aws_ecs_cluster.this : "aws_ecs_cluster.this[${key}]" => each },
        { for key, each in aws_ecs_cluster_capacity_providers.this : "aws_ecs_cluster_capacity_providers.this[${key}]" => each },
        { for key, each in aws_efs_mount_target.redis : "aws_efs_mount_target.redis[${key}]" => each },
        { for key, each in aws_iam_role.consumer : "aws_iam_role.consumer[${key}]" => each },
        { for key, each in aws_iam_role.execution : "aws_iam_role.execution[${key}]" => each },
        { for key, each in aws_iam_role.producer : "aws_iam_role.producer[${key}]" => each },
        { for key, each in aws_iam_role_policy.consumer : "aws_iam_role_policy.consumer[${key}]" => each },
        { for key, each in aws_iam_role_policy.execution : "aws_iam_role_policy.execution[${key}]" => each },
        { for key, each in aws_iam_role_policy.producer : "aws_iam_role_policy.producer[${key}]" => each },
        { for key, each in aws_secretsmanager_secret.db : "aws_secretsmanager_secret.db[${key}]" => each },
        { for key, each in aws_secretsmanager_secret_version.db : "aws_secretsmanager_secret_version.db[${key}]" => each },
        { for key, each in aws_security_group.endpoints : "aws_security_group.endpoints[${key}]" => each },
        { for key, each in aws_vpc_endpoint.interface : "aws_vpc_endpoint.interface[${key}]" => each },
        { for key, each in aws_vpc_endpoint.s3 : "aws_vpc_endpoint.s3[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.database : "aws_vpc_security_group_egress_rule.database[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.database_group : "aws_vpc_security_group_egress_rule.database_group[${key}]" => each },
        { for key, each in aws_vpc_security_group_egress_rule.https : "aws_vpc_security_group_egress_rule.https[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.dashboard : "aws_vpc_security_group_ingress_rule.dashboard[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.database : "aws_vpc_security_group_ingress_rule.database[${key}]" => each },
        { for key, each in aws_vpc_security_group_ingress_rule.endpoints : "aws_vpc_security_group_ingress_rule.endpoints[${key}]" => each },
        { for key, each in data.aws_ecr_image.redis : "data.aws_ecr_image.redis[${key}]" => each },
        { for key, each in data.aws_ecs_cluster.existing : "data.aws_ecs_cluster.existing[${key}]" => each },
        { for key, each in data.aws_route_tables.all : "data.aws_route_tables.all[${key}]" => each },
        { for key, each in data.aws_subnet.tasks : "data.aws_subnet.tasks[${key}]" => each },
        { for key, each in data.aws_subnets.default : "data.aws_subnets.default[${key}]" => each },
      ) :
      address => jsonencode({ for name, value in resource : name => try(jsondecode(value), value) if contains(keys(lookup(expected, address, {})), name) })
    }]) == { for address, arguments in jsondecode(file("${path.module}/tests/expected/existing_resources.json")) : address => jsonencode(arguments) }
    error_message = "With existing cluster, roles and network the plan must be exactly tests/expected/existing_resources.json."
  }
}
