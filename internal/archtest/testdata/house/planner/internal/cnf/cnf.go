package cnf

import _ "container/heap"
