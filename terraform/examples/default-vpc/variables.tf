variable "DB_PASSWORD" {
  description = "Password of the database user; set it as the environment variable TF_VAR_DB_PASSWORD."
  type        = string
  sensitive   = true
  ephemeral   = true
}
