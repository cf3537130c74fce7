--TEST--
What an exception says can be neither changed nor read but by its getters
--FILE--
<?php
require __DIR__ . '/support/support.php';

$canned = new Canned();
$canned->answer(404, '{"Code":356,"ErrorMessage":"s3cret-words"}');
$seen = function (Izly\Exception\IzlyException $exception): string {
    return json_encode([$exception->getOutcome(), $exception->getRetry(), $exception->getApiCode(), $exception->getCall(),
        $exception->getApiMessage(), $exception->getHttpStatus(), $exception->isAccessDenied()]);
};
$change = function (&$value, $name) { $value = str_contains($name, 'retry') || str_contains($name, 'outcome') ? 0 : 'changed'; };
$attacks = [
    'array_walk' => fn ($exception) => array_walk($exception, $change),
    'foreach' => function ($exception) { foreach ($exception as &$value) { $value = 8; } },
    'get_mangled_object_vars' => function ($exception) use ($change) {
        $all = get_mangled_object_vars($exception);
        array_walk($all, $change);
        echo count($all), ' ';
    },
    'ArrayObject' => function ($exception) use ($change) {
        foreach (new ArrayObject($exception) as $name => $value) {
            echo json_encode([$name => $value]);
        }
    },
    'ArrayIterator' => function ($exception) use ($change) { $all = new ArrayIterator($exception); $all["\0Izly\\Exception\\CallException\0outcome"] = 0; },
    'ReflectionProperty' => fn ($exception) => (new ReflectionProperty(Izly\Exception\CallException::class, 'outcome'))->setValue($exception, 0),
    'the constructor' => fn ($exception) => $exception->__construct('changed'),
    'get_object_vars' => function ($exception) { echo json_encode(get_object_vars($exception)), ' '; },
];
foreach ($attacks as $name => $attack) {
    $exception = failure(fn () => $canned->client()->payment(1));
    $before = $seen($exception);
    echo "$name: ", preg_replace('/: .*/', '', thrown(fn () => $attack($exception))), $seen($exception) === $before ? '' : ' CHANGED', "\n";
}
echo $before, "\n";
// Only what is the same object is equal: what they say is not looked at, and so does not decide.
$other = failure(fn () => $canned->client()->payment(1));
var_dump($exception == $exception, $exception == $other);
// A cycle through an exception is found and freed.
gc_collect_cycles();
for ($i = 0; $i < 10; $i++) {
    $holder = new stdClass();
    $holder->exception = new Izly\Exception\NotFinalException('made by a test', 0, new class ($holder) extends Exception {
        public function __construct(public readonly object $holder)
        {
        }
    });
    unset($holder);
}
echo gc_collect_cycles() >= 10 ? "collected\n" : "kept\n";
--EXPECT--
array_walk: nothing was thrown
foreach: nothing was thrown
get_mangled_object_vars: 0 nothing was thrown
ArrayObject: InvalidArgumentException
ArrayIterator: InvalidArgumentException
ReflectionProperty: Error
the constructor: nothing was thrown
get_object_vars: [] nothing was thrown
["rejected","no",356,"payment","***-words",404,false]
bool(true)
bool(false)
collected
