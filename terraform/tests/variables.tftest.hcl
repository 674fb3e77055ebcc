# Each check of a setting: what must be refused, and what must not.

mock_provider "aws" {
  source          = "./tests/mocks"
  override_during = plan
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

run "SOURCE_S3_BUCKET_empty" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = ""
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_capitals" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "Legacy-Images"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_underscore" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "legacy_images"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_too_short" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "ab"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_too_long" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_address" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "192.168.1.10"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_two_dots" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "legacy..images"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_hyphen_at_the_end" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "legacy-"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_url" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "s3://legacy-images"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_with_a_key" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "legacy-images/image"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "SOURCE_S3_BUCKET_access_point" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "images-ap-s3alias"
  }

  expect_failures = [var.SOURCE_S3_BUCKET]
}

run "TARGET_S3_BUCKET_empty" {
  command = plan

  variables {
    TARGET_S3_BUCKET = ""
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_capitals" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "Legacy-Images"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_underscore" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "legacy_images"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_too_short" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "ab"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_too_long" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_address" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "192.168.1.10"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_two_dots" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "legacy..images"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_hyphen_at_the_end" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "legacy-"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_url" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "s3://legacy-images"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_with_a_key" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "legacy-images/image"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "TARGET_S3_BUCKET_access_point" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "images-ap-s3alias"
  }

  expect_failures = [var.TARGET_S3_BUCKET]
}

run "LEGACY_S3_OBJECT_PREFIX_empty" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = ""
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_slash_only" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "/"
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_slash_in_front" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "/image"
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_two_slashes" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image//"
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_star" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image/*"
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_question_mark" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image?"
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_policy_variable" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image/$${aws:userid}"
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_blank" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = " "
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_space_at_the_end" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image "
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "LEGACY_S3_OBJECT_PREFIX_too_long" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
    TARGET_OBJECT_PREFIX    = "elsewhere"
  }

  expect_failures = [var.LEGACY_S3_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_empty" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = ""
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_slash_only" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "/"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_slash_in_front" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "/image"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_two_slashes" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "image//"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_star" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "image/*"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_question_mark" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "image?"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_policy_variable" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "image/$${aws:userid}"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_blank" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = " "
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_space_at_the_end" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "image "
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
}

run "TARGET_OBJECT_PREFIX_too_long" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.TARGET_OBJECT_PREFIX]
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

run "KEY_LAYOUT_unknown" {
  command = plan

  variables {
    KEY_LAYOUT = "tree"
  }

  expect_failures = [var.KEY_LAYOUT]
}

run "MANIFEST_a_file" {
  command = plan

  variables {
    MANIFEST = "manifest.csv"
  }

  expect_failures = [var.MANIFEST]
}

run "MANIFEST_without_a_key" {
  command = plan

  variables {
    MANIFEST = "s3://lists/"
  }

  expect_failures = [var.MANIFEST]
}

run "MANIFEST_with_a_wildcard" {
  command = plan

  variables {
    MANIFEST = "s3://lists/part*.csv"
  }

  expect_failures = [var.MANIFEST]
}

run "SOURCE_KMS_KEY_ARN_alias" {
  command = plan

  variables {
    SOURCE_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
  }

  expect_failures = [var.SOURCE_KMS_KEY_ARN]
}

run "SOURCE_KMS_KEY_ARN_id" {
  command = plan

  variables {
    SOURCE_KMS_KEY_ARN = "1234abcd"
  }

  expect_failures = [var.SOURCE_KMS_KEY_ARN]
}

run "TARGET_KMS_KEY_ARN_alias" {
  command = plan

  variables {
    TARGET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
  }

  expect_failures = [var.TARGET_KMS_KEY_ARN]
}

run "TARGET_KMS_KEY_ARN_id" {
  command = plan

  variables {
    TARGET_KMS_KEY_ARN = "1234abcd"
  }

  expect_failures = [var.TARGET_KMS_KEY_ARN]
}

run "KMS_KEY_ARN_alias" {
  command = plan

  variables {
    KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
  }

  expect_failures = [var.KMS_KEY_ARN]
}

run "KMS_KEY_ARN_id" {
  command = plan

  variables {
    KMS_KEY_ARN = "1234abcd"
  }

  expect_failures = [var.KMS_KEY_ARN]
}

run "DB_SECRET_KMS_KEY_ARN_alias" {
  command = plan

  variables {
    DB_SECRET_KMS_KEY_ARN = "arn:aws:kms:eu-central-1:123456789012:alias/mine"
  }

  expect_failures = [var.DB_SECRET_KMS_KEY_ARN]
}

run "DB_SECRET_KMS_KEY_ARN_id" {
  command = plan

  variables {
    DB_SECRET_KMS_KEY_ARN = "1234abcd"
  }

  expect_failures = [var.DB_SECRET_KMS_KEY_ARN]
}

run "DATABASE_HOST_empty" {
  command = plan

  variables {
    DATABASE_HOST = ""
  }

  expect_failures = [var.DATABASE_HOST]
}

run "DATABASE_HOST_port" {
  command = plan

  variables {
    DATABASE_HOST = "db.example.internal:3306"
  }

  expect_failures = [var.DATABASE_HOST]
}

run "DATABASE_HOST_scheme" {
  command = plan

  variables {
    DATABASE_HOST = "jdbc:mariadb://db"
  }

  expect_failures = [var.DATABASE_HOST]
}

run "DATABASE_HOST_space" {
  command = plan

  variables {
    DATABASE_HOST = "db .example"
  }

  expect_failures = [var.DATABASE_HOST]
}

run "DATABASE_HOST_path" {
  command = plan

  variables {
    DATABASE_HOST = "db/shop"
  }

  expect_failures = [var.DATABASE_HOST]
}

run "DATABASE_PORT_zero" {
  command = plan

  variables {
    DATABASE_PORT = 0
  }

  expect_failures = [var.DATABASE_PORT]
}

run "DATABASE_PORT_too_high" {
  command = plan

  variables {
    DATABASE_PORT = 65536
  }

  expect_failures = [var.DATABASE_PORT]
}

run "DATABASE_PORT_broken" {
  command = plan

  variables {
    DATABASE_PORT = 3306.5
  }

  expect_failures = [var.DATABASE_PORT]
}

run "DATABASE_NAME_empty" {
  command = plan

  variables {
    DATABASE_NAME = ""
  }

  expect_failures = [var.DATABASE_NAME]
}

run "DATABASE_NAME_backtick" {
  command = plan

  variables {
    DATABASE_NAME = "a`b"
  }

  expect_failures = [var.DATABASE_NAME]
}

run "DATABASE_NAME_quote" {
  command = plan

  variables {
    DATABASE_NAME = "a'b"
  }

  expect_failures = [var.DATABASE_NAME]
}

run "DATABASE_NAME_space" {
  command = plan

  variables {
    DATABASE_NAME = "a b"
  }

  expect_failures = [var.DATABASE_NAME]
}

run "DATABASE_NAME_dotted" {
  command = plan

  variables {
    DATABASE_NAME = "shop.pictures"
  }

  expect_failures = [var.DATABASE_NAME]
}

run "DATABASE_NAME_statement" {
  command = plan

  variables {
    DATABASE_NAME = "a;drop table b"
  }

  expect_failures = [var.DATABASE_NAME]
}

run "DATABASE_NAME_too_long" {
  command = plan

  variables {
    DATABASE_NAME = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.DATABASE_NAME]
}

run "DATABASE_TABLE_TO_UPDATE_empty" {
  command = plan

  variables {
    DATABASE_TABLE_TO_UPDATE = ""
  }

  expect_failures = [var.DATABASE_TABLE_TO_UPDATE]
}

run "DATABASE_TABLE_TO_UPDATE_backtick" {
  command = plan

  variables {
    DATABASE_TABLE_TO_UPDATE = "a`b"
  }

  expect_failures = [var.DATABASE_TABLE_TO_UPDATE]
}

run "DATABASE_TABLE_TO_UPDATE_quote" {
  command = plan

  variables {
    DATABASE_TABLE_TO_UPDATE = "a'b"
  }

  expect_failures = [var.DATABASE_TABLE_TO_UPDATE]
}

run "DATABASE_TABLE_TO_UPDATE_space" {
  command = plan

  variables {
    DATABASE_TABLE_TO_UPDATE = "a b"
  }

  expect_failures = [var.DATABASE_TABLE_TO_UPDATE]
}

run "DATABASE_TABLE_TO_UPDATE_dotted" {
  command = plan

  variables {
    DATABASE_TABLE_TO_UPDATE = "shop.pictures"
  }

  expect_failures = [var.DATABASE_TABLE_TO_UPDATE]
}

run "DATABASE_TABLE_TO_UPDATE_statement" {
  command = plan

  variables {
    DATABASE_TABLE_TO_UPDATE = "a;drop table b"
  }

  expect_failures = [var.DATABASE_TABLE_TO_UPDATE]
}

run "DATABASE_TABLE_TO_UPDATE_too_long" {
  command = plan

  variables {
    DATABASE_TABLE_TO_UPDATE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.DATABASE_TABLE_TO_UPDATE]
}

run "TABLE_COLUMN_NAME_TO_UPDATE_empty" {
  command = plan

  variables {
    TABLE_COLUMN_NAME_TO_UPDATE = ""
  }

  expect_failures = [var.TABLE_COLUMN_NAME_TO_UPDATE]
}

run "TABLE_COLUMN_NAME_TO_UPDATE_backtick" {
  command = plan

  variables {
    TABLE_COLUMN_NAME_TO_UPDATE = "a`b"
  }

  expect_failures = [var.TABLE_COLUMN_NAME_TO_UPDATE]
}

run "TABLE_COLUMN_NAME_TO_UPDATE_quote" {
  command = plan

  variables {
    TABLE_COLUMN_NAME_TO_UPDATE = "a'b"
  }

  expect_failures = [var.TABLE_COLUMN_NAME_TO_UPDATE]
}

run "TABLE_COLUMN_NAME_TO_UPDATE_space" {
  command = plan

  variables {
    TABLE_COLUMN_NAME_TO_UPDATE = "a b"
  }

  expect_failures = [var.TABLE_COLUMN_NAME_TO_UPDATE]
}

run "TABLE_COLUMN_NAME_TO_UPDATE_dotted" {
  command = plan

  variables {
    TABLE_COLUMN_NAME_TO_UPDATE = "shop.pictures"
  }

  expect_failures = [var.TABLE_COLUMN_NAME_TO_UPDATE]
}

run "TABLE_COLUMN_NAME_TO_UPDATE_statement" {
  command = plan

  variables {
    TABLE_COLUMN_NAME_TO_UPDATE = "a;drop table b"
  }

  expect_failures = [var.TABLE_COLUMN_NAME_TO_UPDATE]
}

run "TABLE_COLUMN_NAME_TO_UPDATE_too_long" {
  command = plan

  variables {
    TABLE_COLUMN_NAME_TO_UPDATE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.TABLE_COLUMN_NAME_TO_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_empty" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = ""
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_backtick" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = "a`b"
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_quote" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = "a'b"
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_space" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = "a b"
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_dotted" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = "shop.pictures"
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_statement" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = "a;drop table b"
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_too_long" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "TEMP_TABLE_FOR_UPDATE_table_itself" {
  command = plan

  variables {
    TEMP_TABLE_FOR_UPDATE = "Pictures"
  }

  expect_failures = [var.TEMP_TABLE_FOR_UPDATE]
}

run "DB_USER_empty" {
  command = plan

  variables {
    DB_USER = ""
  }

  expect_failures = [var.DB_USER]
}

run "DB_USER_space" {
  command = plan

  variables {
    DB_USER = "re home"
  }

  expect_failures = [var.DB_USER]
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

run "DB_PASSWORD_both" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8"
  }

  expect_failures = [var.DB_PASSWORD]
}

run "DB_SECRET_ARN_name" {
  command = plan

  variables {
    DB_SECRET_ARN = "prod/db"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "DB_SECRET_ARN_without_its_end" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "DB_SECRET_ARN_with_a_key" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:secretsmanager:eu-central-1:123456789012:secret:prod/db-Zz9Yy8:password::"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "DB_SECRET_ARN_parameter" {
  command = plan

  variables {
    DB_SECRET_ARN = "arn:aws:ssm:eu-central-1:123456789012:parameter/db"
    DB_PASSWORD   = null
  }

  expect_failures = [var.DB_SECRET_ARN]
}

run "DB_PASSWORD_VERSION_zero" {
  command = plan

  variables {
    DB_PASSWORD_VERSION = 0
  }

  expect_failures = [var.DB_PASSWORD_VERSION]
}

run "DB_PASSWORD_VERSION_broken" {
  command = plan

  variables {
    DB_PASSWORD_VERSION = 1.5
  }

  expect_failures = [var.DB_PASSWORD_VERSION]
}

run "REDIS_PASSWORD_VERSION_zero" {
  command = plan

  variables {
    REDIS_PASSWORD_VERSION = 0
  }

  expect_failures = [var.REDIS_PASSWORD_VERSION]
}

run "REDIS_PASSWORD_VERSION_broken" {
  command = plan

  variables {
    REDIS_PASSWORD_VERSION = 1.5
  }

  expect_failures = [var.REDIS_PASSWORD_VERSION]
}

run "DATABASE_TLS_unknown" {
  command = plan

  variables {
    DATABASE_TLS = "true"
  }

  expect_failures = [var.DATABASE_TLS]
}

run "DATABASE_TLS_CA_neither_path_nor_pem" {
  command = plan

  variables {
    DATABASE_TLS_CA = "rds-ca"
  }

  expect_failures = [var.DATABASE_TLS_CA]
}

run "DATABASE_TLS_CA_too_long" {
  command = plan

  variables {
    DATABASE_TLS_CA = "-----BEGIN CERTIFICATE-----${join("", [for i in range(1000) : "0123456789012345678901234"])}"
  }

  expect_failures = [var.DATABASE_TLS_CA]
}

run "DATABASE_SECURITY_GROUP_ID_name" {
  command = plan

  variables {
    DATABASE_SECURITY_GROUP_ID = "database"
  }

  expect_failures = [var.DATABASE_SECURITY_GROUP_ID]
}

run "DATABASE_CIDR_BLOCKS_none" {
  command = plan

  variables {
    DATABASE_CIDR_BLOCKS = []
  }

  expect_failures = [var.DATABASE_CIDR_BLOCKS]
}

run "DATABASE_CIDR_BLOCKS_no_block" {
  command = plan

  variables {
    DATABASE_CIDR_BLOCKS = ["10.0.0.1"]
  }

  expect_failures = [var.DATABASE_CIDR_BLOCKS]
}

run "DATABASE_CIDR_BLOCKS_six" {
  command = plan

  variables {
    DATABASE_CIDR_BLOCKS = ["fd00::/8"]
  }

  expect_failures = [var.DATABASE_CIDR_BLOCKS]
}

run "AWS_REGION_empty" {
  command = plan

  variables {
    AWS_REGION = ""
  }

  expect_failures = [var.AWS_REGION]
}

run "AWS_REGION_zone" {
  command = plan

  variables {
    AWS_REGION = "eu-central-1a"
  }

  expect_failures = [var.AWS_REGION]
}

run "AWS_REGION_capitals" {
  command = plan

  variables {
    AWS_REGION = "EU-CENTRAL-1"
  }

  expect_failures = [var.AWS_REGION]
}

run "AWS_REGION_words" {
  command = plan

  variables {
    AWS_REGION = "Frankfurt"
  }

  expect_failures = [var.AWS_REGION]
}

run "VPC_ID_name" {
  command = plan

  variables {
    VPC_ID     = "main"
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

run "VPC_ID_subnets_without_it" {
  command = plan

  variables {
    SUBNET_IDS = ["subnet-0a"]
  }

  expect_failures = [var.VPC_ID]
}

run "SUBNET_IDS_name" {
  command = plan

  variables {
    SUBNET_IDS = ["private"]
    VPC_ID     = "vpc-0a"
  }

  expect_failures = [var.SUBNET_IDS]
}

run "CLUSTER_NAME_empty" {
  command = plan

  variables {
    CLUSTER_NAME = ""
  }

  expect_failures = [var.CLUSTER_NAME]
}

run "CLUSTER_NAME_space" {
  command = plan

  variables {
    CLUSTER_NAME = "re home"
  }

  expect_failures = [var.CLUSTER_NAME]
}

run "CLUSTER_NAME_digit_in_front" {
  command = plan

  variables {
    CLUSTER_NAME = "1rehome"
  }

  expect_failures = [var.CLUSTER_NAME]
}

run "CLUSTER_NAME_hyphen_at_the_end" {
  command = plan

  variables {
    CLUSTER_NAME = "rehome-"
  }

  expect_failures = [var.CLUSTER_NAME]
}

run "CLUSTER_NAME_too_long" {
  command = plan

  variables {
    CLUSTER_NAME = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
  }

  expect_failures = [var.CLUSTER_NAME]
}

run "PRODUCER_SERVICE_NAME_empty" {
  command = plan

  variables {
    PRODUCER_SERVICE_NAME = ""
  }

  expect_failures = [var.PRODUCER_SERVICE_NAME]
}

run "PRODUCER_SERVICE_NAME_dot" {
  command = plan

  variables {
    PRODUCER_SERVICE_NAME = "a.b"
  }

  expect_failures = [var.PRODUCER_SERVICE_NAME]
}

run "CONSUMER_SERVICE_NAME_empty" {
  command = plan

  variables {
    CONSUMER_SERVICE_NAME = ""
  }

  expect_failures = [var.CONSUMER_SERVICE_NAME]
}

run "CONSUMER_SERVICE_NAME_dot" {
  command = plan

  variables {
    CONSUMER_SERVICE_NAME = "a.b"
  }

  expect_failures = [var.CONSUMER_SERVICE_NAME]
}

run "CONSUMER_SERVICE_NAME_same_as_producer" {
  command = plan

  variables {
    CONSUMER_SERVICE_NAME = "s3Mig_producer_service"
  }

  expect_failures = [var.CONSUMER_SERVICE_NAME]
}

run "CONSUMER_TASK_COUNT_zero" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 0
  }

  expect_failures = [var.CONSUMER_TASK_COUNT]
}

run "CONSUMER_TASK_COUNT_negative" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = -1
  }

  expect_failures = [var.CONSUMER_TASK_COUNT]
}

run "CONSUMER_TASK_COUNT_broken" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 2.5
  }

  expect_failures = [var.CONSUMER_TASK_COUNT]
}

run "CONSUMER_TASK_COUNT_too_many" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 5001
  }

  expect_failures = [var.CONSUMER_TASK_COUNT]
}

run "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME_empty" {
  command = plan

  variables {
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = ""
  }

  expect_failures = [var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME]
}

run "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME_capitals" {
  command = plan

  variables {
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "Rehome"
  }

  expect_failures = [var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME]
}

run "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME_with_a_tag" {
  command = plan

  variables {
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "rehome:1"
  }

  expect_failures = [var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME]
}

run "ECR_S3_JOB_PRODUCER_REPOSITORY_NAME_with_the_registry" {
  command = plan

  variables {
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome:1"
  }

  expect_failures = [var.ECR_S3_JOB_PRODUCER_REPOSITORY_NAME]
}

run "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME_empty" {
  command = plan

  variables {
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = ""
  }

  expect_failures = [var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME]
}

run "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME_capitals" {
  command = plan

  variables {
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "Rehome"
  }

  expect_failures = [var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME]
}

run "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME_with_a_tag" {
  command = plan

  variables {
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "rehome:1"
  }

  expect_failures = [var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME]
}

run "ECR_S3_JOB_CONSUMER_REPOSITORY_NAME_with_the_registry" {
  command = plan

  variables {
    ECR_S3_JOB_CONSUMER_REPOSITORY_NAME = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/rehome:1"
  }

  expect_failures = [var.ECR_S3_JOB_CONSUMER_REPOSITORY_NAME]
}

run "IMAGE_TAG_empty" {
  command = plan

  variables {
    IMAGE_TAG = ""
  }

  expect_failures = [var.IMAGE_TAG]
}

run "IMAGE_TAG_digest" {
  command = plan

  variables {
    IMAGE_TAG = "sha256:0123"
  }

  expect_failures = [var.IMAGE_TAG]
}

run "REDIS_IMAGE_without_tag" {
  command = plan

  variables {
    REDIS_IMAGE = "redis"
  }

  expect_failures = [var.REDIS_IMAGE]
}

run "CPU_ARCHITECTURE_unknown" {
  command = plan

  variables {
    CPU_ARCHITECTURE = "arm64"
  }

  expect_failures = [var.CPU_ARCHITECTURE]
}

run "PRODUCER_CPU_no_size" {
  command = plan

  variables {
    PRODUCER_CPU = 1000
  }

  expect_failures = [var.PRODUCER_CPU]
}

run "PRODUCER_MEMORY_no_size" {
  command = plan

  variables {
    PRODUCER_MEMORY = 2500
  }

  expect_failures = [var.PRODUCER_MEMORY]
}

run "PRODUCER_MEMORY_too_little_for_its_cpu" {
  command = plan

  variables {
    PRODUCER_CPU    = 4096
    PRODUCER_MEMORY = 4096
  }

  expect_failures = [var.PRODUCER_MEMORY]
}

run "CONSUMER_CPU_no_size" {
  command = plan

  variables {
    CONSUMER_CPU = 1000
  }

  expect_failures = [var.CONSUMER_CPU]
}

run "CONSUMER_MEMORY_no_size" {
  command = plan

  variables {
    CONSUMER_MEMORY = 2500
  }

  expect_failures = [var.CONSUMER_MEMORY]
}

run "CONSUMER_MEMORY_too_little_for_its_cpu" {
  command = plan

  variables {
    CONSUMER_CPU    = 4096
    CONSUMER_MEMORY = 4096
  }

  expect_failures = [var.CONSUMER_MEMORY]
}

run "REDIS_MEMORY_all_of_the_task" {
  command = plan

  variables {
    REDIS_MEMORY = 3072
  }

  expect_failures = [var.REDIS_MEMORY]
}

run "REDIS_MEMORY_too_little" {
  command = plan

  variables {
    REDIS_MEMORY = 64
  }

  expect_failures = [var.REDIS_MEMORY]
}

run "BATCH_SIZE_zero" {
  command = plan

  variables {
    BATCH_SIZE = 0
  }

  expect_failures = [var.BATCH_SIZE]
}

run "BATCH_SIZE_broken" {
  command = plan

  variables {
    BATCH_SIZE = 1.5
  }

  expect_failures = [var.BATCH_SIZE]
}

run "BATCH_SIZE_too_high" {
  command = plan

  variables {
    BATCH_SIZE = 10001
  }

  expect_failures = [var.BATCH_SIZE]
}

run "THROTTLE_REPLICAS_with_a_space" {
  command = plan

  variables {
    THROTTLE_REPLICAS = ["replica one"]
  }

  expect_failures = [var.THROTTLE_REPLICAS]
}

run "THROTTLE_REPLICAS_empty_name" {
  command = plan

  variables {
    THROTTLE_REPLICAS = [""]
  }

  expect_failures = [var.THROTTLE_REPLICAS]
}

run "THROTTLE_REPLICAS_two_in_one" {
  command = plan

  variables {
    THROTTLE_REPLICAS = ["a,b"]
  }

  expect_failures = [var.THROTTLE_REPLICAS]
}

run "MAX_REPLICA_LAG_SECONDS_too_low" {
  command = plan

  variables {
    MAX_REPLICA_LAG_SECONDS = 0.4
  }

  expect_failures = [var.MAX_REPLICA_LAG_SECONDS]
}

run "MAX_REPLICA_LAG_SECONDS_too_high" {
  command = plan

  variables {
    MAX_REPLICA_LAG_SECONDS = 3601
  }

  expect_failures = [var.MAX_REPLICA_LAG_SECONDS]
}

run "MAX_LOCK_WAITS_negative" {
  command = plan

  variables {
    MAX_LOCK_WAITS = -1
  }

  expect_failures = [var.MAX_LOCK_WAITS]
}

run "MAX_LOCK_WAITS_broken" {
  command = plan

  variables {
    MAX_LOCK_WAITS = 1.5
  }

  expect_failures = [var.MAX_LOCK_WAITS]
}

run "MAX_LOCK_WAITS_too_high" {
  command = plan

  variables {
    MAX_LOCK_WAITS = 100001
  }

  expect_failures = [var.MAX_LOCK_WAITS]
}

run "COPY_CONCURRENCY_zero" {
  command = plan

  variables {
    COPY_CONCURRENCY = 0
  }

  expect_failures = [var.COPY_CONCURRENCY]
}

run "COPY_CONCURRENCY_broken" {
  command = plan

  variables {
    COPY_CONCURRENCY = 1.5
  }

  expect_failures = [var.COPY_CONCURRENCY]
}

run "COPY_CONCURRENCY_too_high" {
  command = plan

  variables {
    COPY_CONCURRENCY = 100001
  }

  expect_failures = [var.COPY_CONCURRENCY]
}

run "STOP_TIMEOUT_all_of_it" {
  command = plan

  variables {
    STOP_TIMEOUT_SECONDS = 120
  }

  expect_failures = [var.STOP_TIMEOUT_SECONDS]
}

run "STOP_TIMEOUT_too_short" {
  command = plan

  variables {
    STOP_TIMEOUT_SECONDS = 5
  }

  expect_failures = [var.STOP_TIMEOUT_SECONDS]
}

run "LOG_RETENTION_DAYS_never" {
  command = plan

  variables {
    LOG_RETENTION_DAYS = 0
  }

  expect_failures = [var.LOG_RETENTION_DAYS]
}

run "LOG_RETENTION_DAYS_odd" {
  command = plan

  variables {
    LOG_RETENTION_DAYS = 31
  }

  expect_failures = [var.LOG_RETENTION_DAYS]
}

run "ALARM_TOPIC_ARN_queue" {
  command = plan

  variables {
    ALARM_TOPIC_ARN = "arn:aws:sqs:eu-central-1:123456789012:alarms"
  }

  expect_failures = [var.ALARM_TOPIC_ARN]
}

run "accepts_one_bucket_two_prefixes" {
  command = plan

  variables {
    TARGET_S3_BUCKET = "legacy-images"
  }
}

run "accepts_legacy_name_begins_the_target" {
  command = plan

  variables {
    TARGET_OBJECT_PREFIX = "image-new"
  }
}

run "accepts_target_above_legacy" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "image/old"
    TARGET_OBJECT_PREFIX    = "image"
  }
}

run "accepts_unicode_prefix" {
  command = plan

  variables {
    LEGACY_S3_OBJECT_PREFIX = "bilder/größe 1"
  }
}

run "accepts_dotted_bucket" {
  command = plan

  variables {
    SOURCE_S3_BUCKET = "images.example.com"
  }
}

run "accepts_address_of_a_database" {
  command = plan

  variables {
    DATABASE_HOST = "10.0.0.7"
  }
}

run "accepts_rds" {
  command = plan

  variables {
    DATABASE_HOST   = "shop.cluster-abc123.eu-central-1.rds.amazonaws.com"
    DATABASE_TLS_CA = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
  }
}

run "accepts_names_with_hyphen_and_dollar" {
  command = plan

  variables {
    DATABASE_NAME            = "my-shop"
    DATABASE_TABLE_TO_UPDATE = "t$pictures_2"
  }
}

run "accepts_gov_region" {
  command = plan

  variables {
    AWS_REGION = "us-gov-west-1"
  }
}

run "accepts_one_consumer" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 1
  }
}

run "accepts_many_consumers" {
  command = plan

  variables {
    CONSUMER_TASK_COUNT = 5000
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

run "accepts_repository_with_a_path" {
  command = plan

  variables {
    ECR_S3_JOB_PRODUCER_REPOSITORY_NAME = "team/rehome_producer.v2"
  }
}

run "accepts_redis_by_digest" {
  command = plan

  variables {
    REDIS_IMAGE = "public.ecr.aws/example/redis@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"
  }
}

run "EXTRA_SETTINGS_no_name" {
  command = plan

  variables {
    EXTRA_SETTINGS = { "on update" = "keep" }
  }

  expect_failures = [var.EXTRA_SETTINGS]
}

run "EXTRA_SETTINGS_secret" {
  command = plan

  variables {
    EXTRA_SETTINGS = { DB_PASSWORD = "x" }
  }

  expect_failures = [var.EXTRA_SETTINGS]
}

run "EXTRA_SETTINGS_own_variable" {
  command = plan

  variables {
    EXTRA_SETTINGS = { BATCH_SIZE = "1" }
  }

  expect_failures = [var.EXTRA_SETTINGS]
}
