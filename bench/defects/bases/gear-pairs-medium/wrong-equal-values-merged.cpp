// Wrong: equal values count once.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    set<long long> a;
    while (n--) {
        long long x;
        cin >> x;
        a.insert(x);
    }
    long long k, pairs = 0;
    cin >> k;
    map<long long, long long> seen;
    for (long long x : a) pairs += seen[(k - x % k) % k], seen[x % k]++;
    cout << pairs << "\n";
}
