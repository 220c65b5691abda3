// Attacks over the network: any socket at all, the function's runtime interface, the metadata service, names.
import { heldOrDead, held, type Attack } from './attack.ts'
import { java, javascript, native, python } from './source.ts'

const targets = ['127.0.0.1:9001', '169.254.169.254:80', '169.254.170.2:80', '169.254.100.1:2000', '1.1.1.1:53']
const list = targets.map((target) => `"${target}"`).join(', ')

export const networkAttacks: readonly Attack[] = [
  {
    name: 'makes sockets of every family',
    languages: {
      ...native(
        `
  int pair[2];
  for (int family = 0; family < 46; family++)
    for (int type = 1; type < 11; type++)
      if (socket(family, type, 0) >= 0) dprintf(1, "BREACH: family %d type %d\\n", family, type);
  ATTEMPT("BREACH", "ICMP", socket(AF_INET, SOCK_RAW, 1));
  ATTEMPT("BREACH", "ping", socket(AF_INET, SOCK_DGRAM, 1));
  ATTEMPT("BREACH", "packets", socket(AF_PACKET, SOCK_RAW, 0x300));
  ATTEMPT("BREACH", "netlink", socket(AF_NETLINK, SOCK_RAW, 0));
  ATTEMPT("BREACH", "vsock", socket(AF_VSOCK, SOCK_STREAM, 0));
  ATTEMPT("BREACH", "a pair", socketpair(AF_UNIX, SOCK_STREAM, 0, pair));`,
        '#include <sys/socket.h>',
      ),
      python: python(`
def make(family, kind):
    import socket
    return socket.socket(family, kind)
for family in (1, 2, 10, 16, 17, 31, 38, 40, 44):
    for kind in (1, 2, 3, 5):
        attempt(f"family {family} type {kind}", lambda: make(family, kind))
attempt("_socket", lambda: __import__("_socket").socketpair())`),
      java: java(`
    attempt("BREACH", "listens", () -> new ServerSocket(0));
    attempt("BREACH", "datagrams", () -> new DatagramSocket());
    attempt("BREACH", "channel", () -> java.nio.channels.SocketChannel.open());
    attempt("BREACH", "unix", () -> java.nio.channels.ServerSocketChannel.open(StandardProtocolFamily.UNIX));
    attempt("BREACH", "multicast", () -> new MulticastSocket(9999));
    attempt("BREACH", "interfaces", () -> NetworkInterface.networkInterfaces().count());`),
      javascript: javascript(`
const net = require('net')
let left = 4
const over = (word, what, more) => { say(word, what, more); if (--left === 0) process.exit(0) }
for (const where of [{ port: 0, host: '127.0.0.1' }, { path: '\\0' + MARK }, { path: '/tmp/' + MARK + '-socket' }])
  net.createServer().on('error', (error) => over('held', 'listens', error)).listen(where, () => over('BREACH', 'listens', JSON.stringify(where)))
const datagrams = require('dgram').createSocket('udp4')
datagrams.on('error', (error) => over('held', 'datagrams', error))
try { datagrams.bind(0, '127.0.0.1', () => over('BREACH', 'datagrams', '')) } catch (error) { over('held', 'datagrams', error) }`),
    },
    expect: held,
  },
  {
    name: 'connects to the runtime interface and the metadata service',
    languages: {
      ...native(
        `
  static const char *const hosts[] = {"127.0.0.1", "169.254.169.254", "169.254.170.2", "169.254.100.1", "1.1.1.1"};
  static const int ports[] = {9001, 80, 80, 2000, 53};
  for (int i = 0; i < 5; i++) {
    struct sockaddr_in address;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons(ports[i]);
    inet_pton(AF_INET, hosts[i], &address.sin_addr);
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
    for (int other = fd < 0 ? 0 : fd; other < (fd < 0 ? 3 : fd + 1); other++) {
      errno = 0;
      int done = connect(other, (struct sockaddr *)&address, sizeof address);
      said("BREACH", hosts[i], done == 0 || errno == EINPROGRESS || errno == ECONNREFUSED || errno == ENETUNREACH);
    }
  }
  said("BREACH", "variable of the runtime interface", getenv("AWS_LAMBDA_RUNTIME_API") != NULL);`,
        '#include <arpa/inet.h>\n#include <netinet/in.h>\n#include <sys/socket.h>',
      ),
      python: python(`
def connect(target):
    import socket
    host, port = target.split(":")
    try: return socket.create_connection((host, int(port)), 0.1)
    except (ConnectionError, TimeoutError) as error: return error
for target in [${list}]:
    attempt(target, lambda: connect(target))
def invocation():
    from urllib.request import urlopen
    return urlopen("http://127.0.0.1:9001/2018-06-01/runtime/invocation/next", timeout=0.1).read()
attempt("the next invocation", invocation)`),
      java: java(`
    for (String target : new String[] {${list}}) {
      String[] parts = target.split(":");
      attempt("BREACH", target, () -> {
        try { Socket socket = new Socket(); socket.connect(new InetSocketAddress(parts[0], Integer.parseInt(parts[1])), 100); return socket; }
        catch (ConnectException | SocketTimeoutException error) { return error; }
      });
    }
    attempt("BREACH", "http", () -> new URL("http://127.0.0.1:9001/2018-06-01/runtime/invocation/next").openStream().read());`),
      javascript: javascript(`
const net = require('net')
const targets = [${list}]
let left = targets.length
const refused = ['EMFILE', 'EPERM', 'EACCES', 'EAFNOSUPPORT']
for (const target of targets) {
  const over = (more) => { say(refused.includes(more.code) ? 'held' : 'BREACH', target, more); if (--left === 0) process.exit(0) }
  const [host, port] = target.split(':')
  try { net.connect({ host, port: Number(port) }).on('connect', () => over('connected')).on('error', over) } catch (error) { over(error) }
}`),
    },
    expect: held,
  },
  {
    name: 'looks up names and fetches pages',
    languages: {
      c: native(
        `
  struct addrinfo *found = NULL;
  int error = getaddrinfo("localhost", "80", NULL, &found);
  dprintf(1, "%s: localhost (%s)\\n", error == 0 && found != NULL && found->ai_next != NULL ? "possible" : "held", gai_strerror(error));
  error = getaddrinfo("example.com", "80", NULL, &found);
  dprintf(1, "%s: example.com (%s)\\n", error == 0 ? "BREACH" : "held", gai_strerror(error));`,
        '#include <netdb.h>',
      ).c,
      python: python(`
attempt("name", lambda: __import__("socket").gethostbyname("localhost"))
def fetch():
    from urllib.request import urlopen
    return urlopen("http://example.com", timeout=0.1)
attempt("page", fetch)`),
      java: java(`
    attempt("BREACH", "name", () -> InetAddress.getByName("example.com"));
    attempt("BREACH", "name of this machine", () -> InetAddress.getByName("localhost.localdomain"));
    attempt("BREACH", "http client", () -> Class.forName("java.net.http.HttpClient").getMethod("newHttpClient").invoke(null));`),
      javascript: javascript(`
let left = 3
const over = (error, more) => { say(error ? 'held' : 'BREACH', 'lookup', error ?? more); if (--left === 0) process.exit(0) }
try { require('dns').lookup('localhost.localdomain', over) } catch (error) { over(error) }
try { require('dns').resolve4('example.com', over) } catch (error) { over(error) }
fetch('http://127.0.0.1:9001/2018-06-01/runtime/invocation/next').then(
  (reply) => over(undefined, reply.status),
  (error) => over(error.cause?.code === 'ECONNREFUSED' ? undefined : error, 'refused by somebody'),
)`),
    },
    expect: { rlimits: [...heldOrDead.rlimits, 'possible'], all: [...heldOrDead.all, 'possible'] },
  },
]
