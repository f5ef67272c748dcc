<?php
define('DB_NAME', 'wp_wiese');
define('DB_USER', 'wp_wiese');
define('DB_PASSWORD', 'invented');
$table_prefix = 'wp_';
require_once ABSPATH . 'wp-settings.php';
