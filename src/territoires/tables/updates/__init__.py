"""A file and the published tables give the tables that would be published."""
