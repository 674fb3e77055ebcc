plugin "terraform" {
  enabled = true
  preset  = "all"
}

plugin "aws" {
  enabled = true
  version = "0.44.0"
  source  = "github.com/terraform-linters/tflint-ruleset-aws"
}

# Variables have the names of the environment variables that they set, and the services have prescribed names
# (s3Mig_...). Neither is snake case.
rule "terraform_naming_convention" {
  enabled = true

  variable {
    format = "mixed_snake_case"
  }

  resource {
    format = "mixed_snake_case"
  }
}
