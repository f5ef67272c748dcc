<?php
define('DB_NAME', 'wp_mole');
define('DB_USER', 'wp_mole');
define('DB_PASSWORD', 'invented');
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
