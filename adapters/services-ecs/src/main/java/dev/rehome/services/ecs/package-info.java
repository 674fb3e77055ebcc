/** ECS services: whether they exist, how many tasks they run and should run. */
package dev.rehome.services.ecs;
