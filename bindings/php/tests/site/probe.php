<?php
/* For the tests of the servers: who answers, how many clients it had kept before this request, and what the till holds. */

ob_start();
(new ReflectionExtension('izly'))->info();
$kept = (int) preg_replace('~.*this process\s*(?:=>|</td><td class="v">)\s*(\d+).*~s', '$1', ob_get_clean());
require __DIR__ . '/../src/Shop.php';
$shop = new Shop('sqlite:' . getenv('SITE_DATABASE'));
// A database that fails, and is mended.
$renames = ['break' => 'orders RENAME TO away', 'mend' => 'away RENAME TO orders'];
if (isset($renames[$_GET['do'] ?? ''])) {
    (new PDO('sqlite:' . getenv('SITE_DATABASE')))->exec("ALTER TABLE {$renames[$_GET['do']]}");
}
new Izly\Client((string) getenv('IZLY_API_KEY'), (string) getenv('IZLY_ENVIRONMENT'));
header('Content-Type: application/json');
echo json_encode(['process' => getmypid(), 'kept' => $kept, 'server' => PHP_SAPI] + $shop->till());
