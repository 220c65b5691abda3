// Wrong: looks for the partner of remainder 0 at K, where nothing is.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    cin >> n;
    vector<int> a(n);
    for (int &x : a) cin >> x;
    cin >> k;
    unordered_map<int, long long> seen;
    long long pairs = 0;
    for (int x : a) {
        auto found = seen.find(k - x % k);
        if (found != seen.end()) pairs += found->second;
        seen[x % k]++;
    }
    cout << pairs << "\n";
}
