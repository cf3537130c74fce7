"""The shop as a Django site: project and application in one package, since there is only one."""
