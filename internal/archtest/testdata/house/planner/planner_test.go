package planner

import _ "os"

import _ "example.com/property"
