package cnf

import _ "net/http"
