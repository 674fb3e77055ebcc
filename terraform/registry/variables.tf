variable "REPOSITORY_NAMES" {
  description = "Names of the repositories. The producer's also holds the Redis image."
  type        = set(string)
  default     = ["rehome-producer", "rehome-consumer"]
  nullable    = false

  validation {
    condition     = alltrue([for name in var.REPOSITORY_NAMES : can(regex("^[a-z0-9]+([._/-]+[a-z0-9]+)*$", name)) && length(name) >= 2 && length(name) <= 256])
    error_message = "REPOSITORY_NAMES must be names of ECR repositories: 2 to 256 lower-case letters, digits and separators (. _ / -)."
  }
}

variable "KEPT_IMAGES" {
  description = "Number of tagged images to keep in each repository. A release adds three (two architectures and their index), and six in the producer's, which also holds Redis."
  type        = number
  default     = 60
  nullable    = false

  validation {
    condition     = var.KEPT_IMAGES >= 6 && var.KEPT_IMAGES <= 1000 && floor(var.KEPT_IMAGES) == var.KEPT_IMAGES
    error_message = "KEPT_IMAGES must be a whole number from 6 to 1000."
  }
}

variable "KMS_KEY_ARN" {
  description = "Customer managed KMS key for the images. null: encryption by ECR itself."
  type        = string
  default     = null

  validation {
    condition     = var.KMS_KEY_ARN == null ? true : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/.+$", var.KMS_KEY_ARN))
    error_message = "KMS_KEY_ARN must be the ARN of a KMS key (arn:aws:kms:...:key/...), not an alias."
  }
}

variable "GITHUB_REPOSITORY" {
  description = "Repository on GitHub, as owner/name, whose version tags may push images: the role for RELEASE_ROLE_ARN of .github/workflows/images.yml. The account needs the identity provider token.actions.githubusercontent.com. null: no role."
  type        = string
  default     = null

  validation {
    condition     = var.GITHUB_REPOSITORY == null ? true : can(regex("^[0-9A-Za-z-]+/[0-9A-Za-z._-]+$", var.GITHUB_REPOSITORY))
    error_message = "GITHUB_REPOSITORY must be owner/name."
  }
}

variable "TAGS" {
  description = "Tags for all resources, in addition to Project."
  type        = map(string)
  default     = {}
  nullable    = false
}
