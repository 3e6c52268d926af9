-- For wrk: calls one path, or with two numbers behind it a random page between them, and tells what it measured.
local path, low, high

function init(arguments)
  path, low, high = arguments[1], tonumber(arguments[2]), tonumber(arguments[3])
  math.randomseed(os.time())
end

function request()
  return wrk.format("GET", low and path .. math.random(low, high) or path)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('\n{"requests":%d,"seconds":%f,"p50":%f,"p99":%f,"failed":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
