# SPDX-License-Identifier: GPL-3.0-or-later
# The server's websites as Plesk lays them out: Apache in front, a PHP-FPM pool per subscription, WordPress on MariaDB, a log per site.

lab_web=/run/lab/web

start_web() {
  printf 'nameserver 127.0.0.1\n' >/etc/resolv.conf # nothing can be looked up, and that is known at once
  useradd -r -M -d /run/lab/db -s /usr/sbin/nologin mysql 2>/dev/null || true
  start_database & local database=$!
  certificate
  write_fpm; write_apache
  local fpm=(/usr/sbin/php-fpm[0-9]*)
  on_server "${fpm[0]}" --fpm-config "$lab_web/fpm.conf"
  on_server apache2 -f "$lab_web/apache.conf" -k start 2>/dev/null
  wait "$database"
  wordpress "$site" "$site_user" & local first=$!
  wordpress "$other_site" "$other_user"
  wait "$first"
}

lay_sites() { lay_site "$site" "$site_user"; lay_site "$other_site" "$other_user"; }

# Without MariaDB's own tables, which take longer to make than all else: nobody is asked for a password, and nothing need reach a disk.
start_database() {
  mkdir -p /run/lab/db; chown mysql /run/lab/db; chmod 755 /run/lab/db
  on_server mariadbd --no-defaults --user=mysql --datadir=/run/lab/db --socket=/run/lab/db/socket --skip-networking --skip-grant-tables --skip-log-bin \
    --innodb-buffer-pool-size=32M --innodb-flush-log-at-trx-commit=0 >/run/lab/db.log 2>&1 &
  local n; for n in $(seq 100); do sql 'CREATE DATABASE IF NOT EXISTS wordpress' >/dev/null 2>&1 && return; sleep 0.1; done
  tail -n 5 /run/lab/db.log >&2; return 1
}
sql() { mariadb --no-defaults --socket=/run/lab/db/socket --user=root --batch --skip-column-names --execute "$1" ${2:+"$2"}; }

certificate() {
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 9 -subj "/CN=$host" -keyout "$lab_web/key.pem" \
    -out "$lab_web/certificate.pem" 2>/dev/null
}

root_of() { echo "/var/www/vhosts/$1/httpdocs"; }
base_of() { [ "$1" = "$site" ] && echo wp_ || echo st_; } # tables

# WordPress' files as they are in Debian's package, writable where the site writes.
lay_site() { # DOMAIN USER
  local root logs=/var/www/vhosts/system/$1/logs; root=$(root_of "$1")
  mkdir -p "$root" "$logs" "$lab_web/$1/upper" "$lab_web/$1/work"; ln -sfn "../system/$1/logs" "/var/www/vhosts/$1/logs"
  chown "$2:psacln" "$lab_web/$1/upper"
  mount -t overlay overlay -o "lowerdir=/usr/share/wordpress,upperdir=$lab_web/$1/upper,workdir=$lab_web/$1/work" "$root"
  rm -f "$root/.htaccess"
  mkdir -p "$root/wp-content/uploads" "$root/wp-content/themes/plain" "$root/wp-content/plugins"
  cat >"$root/wp-config.php" <<END
<?php
define('DB_NAME', 'wordpress'); define('DB_USER', 'root'); define('DB_PASSWORD', ''); define('DB_HOST', 'localhost:/run/lab/db/socket');
define('DB_CHARSET', 'utf8mb4'); define('DB_COLLATE', '');
define('AUTH_KEY', '$seed-1'); define('SECURE_AUTH_KEY', '$seed-2'); define('LOGGED_IN_KEY', '$seed-3'); define('NONCE_KEY', '$seed-4');
define('WP_HTTP_BLOCK_EXTERNAL', true); define('AUTOMATIC_UPDATER_DISABLED', true); define('WP_DEFAULT_THEME', 'plain');
\$table_prefix = '$(base_of "$1")';
if (!defined('ABSPATH')) define('ABSPATH', __DIR__ . '/');
require_once ABSPATH . 'wp-settings.php';
END
  printf '/*\nTheme Name: Plain\n*/\nbody { margin: 2em }\n' >"$root/wp-content/themes/plain/style.css"
  cat >"$root/wp-content/themes/plain/index.php" <<'END'
<!DOCTYPE html><html><head><?php wp_head(); ?><link rel="stylesheet" href="<?php echo get_stylesheet_uri(); ?>"></head><body>
<?php while (have_posts()) { the_post(); the_title('<h1>', '</h1>'); the_content(); if (is_singular()) comment_form(); } wp_footer(); ?></body></html>
END
  chown -R "$2:psacln" "$root/wp-content/uploads" "$root/wp-content/themes" "$root/wp-content/plugins" "$root/wp-config.php"
}

# Whether PHP keeps a log of mail() and marks its messages differs from host to host.
write_fpm() {
  local user uid; mkdir -p "$lab_web/fpm"; touch "$php_log"; chmod 666 "$php_log"
  printf '[global]\npid = %s/fpm.pid\nerror_log = /var/log/php-fpm.log\ndaemonize = yes\n' "$lab_web" >"$lab_web/fpm.conf"
  for user in "$site_user" "$other_user"; do
    cat >>"$lab_web/fpm.conf" <<END
[$user]
user = $user
group = psacln
listen = $lab_web/fpm/$user.sock
listen.owner = www-data
pm = static
pm.max_children = 3
php_admin_value[date.timezone] = $(pick UTC "$zone")
php_admin_flag[mail.add_x_header] = $([ "$php_marks" = none ] && echo off || echo on)
$([ "$php_marks" != log ] || echo "php_admin_value[mail.log] = $php_log")
END
  done
}

write_apache() {
  local module domain user port
  {
    printf 'ServerRoot /etc/apache2\nServerName %s\nPidFile %s/apache.pid\nErrorLog /var/log/apache2/error.log\nUser www-data\nGroup www-data\nListen 80\nListen 443\n' "$host" "$lab_web"
    for module in mpm_event authz_core mime dir proxy proxy_fcgi setenvif socache_shmcb ssl; do
      printf 'LoadModule %s_module /usr/lib/apache2/modules/mod_%s.so\n' "$module" "$module"
    done
    printf 'TypesConfig /etc/mime.types\nDirectoryIndex index.php index.html\nStartServers 1\nDefaultRuntimeDir %s\n' "$lab_web"
    printf 'LogFormat "%%h %%l %%u %%t \\"%%r\\" %%>s %%O \\"%%{Referer}i\\" \\"%%{User-Agent}i\\"" plesklog\n'
    for domain in "$site" "$other_site"; do
      user=$site_user; [ "$domain" = "$site" ] || user=$other_user
      for port in 80 443; do
        cat <<END
<VirtualHost *:$port>
ServerName $domain
DocumentRoot $(root_of "$domain")
CustomLog /var/www/vhosts/system/$domain/logs/access_$([ $port = 80 ] || echo ssl_)log plesklog
ErrorLog /var/www/vhosts/system/$domain/logs/error_log
$([ $port = 80 ] || printf 'SSLEngine on\nSSLCertificateFile %s/certificate.pem\nSSLCertificateKeyFile %s/key.pem\n' "$lab_web" "$lab_web")
<FilesMatch "\.php\$">
SetHandler "proxy:unix:$lab_web/fpm/$user.sock|fcgi://localhost"
</FilesMatch>
<Directory $(root_of "$domain")>
Require all granted
</Directory>
</VirtualHost>
END
      done
    done
  } >"$lab_web/apache.conf"
  mkdir -p /var/log/apache2
}

# Installed as its owner would: through the browser.
wordpress() { # DOMAIN USER
  browse 198.51.100.2 "$1" '/wp-admin/install.php?step=2' --data-urlencode "weblog_title=$(title_of "$1")" -d user_name=owner -d "admin_password=$(password_of "$1")" \
    -d "admin_password2=$(password_of "$1")" -d pw_weak=1 --data-urlencode "admin_email=${owner_of[$1]}" -d blog_public=1 -d language= |
    grep -e 'step=1' -e wp-login.php >/dev/null || { echo "lab: WordPress was not installed on $1" >&2; return 1; }
  sql "UPDATE $(base_of "$1")users SET user_email='$owners_second'" wordpress # who wrote the posts is told as well
}
title_of() { local name=${1%%.*}; echo "${name//-/ }"; }
option() { sql "UPDATE $(base_of "$1")options SET option_value='$3' WHERE option_name='$2'" wordpress; } # DOMAIN NAME VALUE

agents=('Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0' 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/141.0 Safari/537.36')
# browse CLIENT DOMAIN PATH CURL-OPTIONS...: one request from the outside; prints the body.
browse() {
  local client=$1 domain=$2 path=$3 target=$server_address scheme; shift 3
  scheme=${scheme_of[$domain]:-http}
  [[ $client != *:* ]] || target='[2001:db8::10]'
  curl --silent --insecure --max-time 20 --interface "$client" --resolve "$domain:80:$target" --resolve "$domain:443:$target" \
    --user-agent "${agent:-${agents[0]}}" "$@" "$scheme://$domain$path"
}
# A person reads before writing: the page, what it is made of, another page.
read_pages() { # CLIENT DOMAIN
  local path
  for path in / '/?p=1' /wp-content/themes/plain/style.css /wp-includes/css/dist/block-library/style.min.css; do browse "$1" "$2" "$path" >/dev/null; done
}
comment() { # CLIENT DOMAIN ADDRESS TEXT
  browse "$1" "$2" /wp-comments-post.php --data-urlencode "author=${3%%@*}" --data-urlencode "email=$3" --data-urlencode "comment=$4" -d comment_post_ID=1 -d comment_parent=0 >/dev/null
}
register() { # CLIENT DOMAIN ADDRESS
  browse "$1" "$2" '/wp-login.php?action=register' -d "user_login=${3%%@*}" --data-urlencode "user_email=$3" -d redirect_to= >/dev/null
}
