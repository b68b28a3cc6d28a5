@node "%~dp0pulumi-resource-cja" %*
