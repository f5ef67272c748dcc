<?php
// dropped by the intruder; the payload has been left out of this invented server
$part = '68566dc699f6bb9ea6330371b5dd1c402ae6f717dd30ef15a88d1a7a6afaf8c7';
