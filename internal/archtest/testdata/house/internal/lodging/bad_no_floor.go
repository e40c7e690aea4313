package lodging

import _ "fmt"
