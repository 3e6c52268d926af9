-- For wrk: calls one path, with numbers from a range in it, at random or each once, and tells what it measured.
-- Arguments are name=value: path (with the number in it once or twice as %d or %x), from, to, stride and skip, method, body,
-- encoding, keys (a file with a key a line, which take turns).
local options, keys, count = {}, {}, 0

function init(arguments)
  for _, argument in ipairs(arguments) do
    local name, value = argument:match("^(%w+)=(.*)$")
    options[name] = tonumber(value) or value
  end
  if options.keys then
    for key in io.lines(options.keys) do keys[#keys + 1] = key end
  end
  math.randomseed(os.time())
end

-- With a stride that shares no factor with the size of the range, each number comes once before any comes again.
local function number()
  if not options.stride then return math.random(options.from, options.to) end
  return options.from + (count + options.skip) * options.stride % (options.to - options.from + 1)
end

function request()
  local path = options.path
  if options.from then
    local n = number()
    path = path:format(n, n)
  end
  local headers = {}
  if options.encoding then headers["Accept-Encoding"] = options.encoding end
  if options.body then headers["Content-Type"] = "application/json" end
  if #keys > 0 then headers["Authorization"] = "Bearer " .. keys[count % #keys + 1] end
  count = count + 1
  return wrk.format(options.method or "GET", path, headers, options.body)
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format('\n{"requests":%d,"seconds":%f,"p50":%f,"p95":%f,"p99":%f,"failed":%d}\n', summary.requests,
    summary.duration / 1e6, latency:percentile(50) / 1000, latency:percentile(95) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
