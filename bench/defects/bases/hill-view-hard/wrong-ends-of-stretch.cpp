// Wrong: takes the difference of the two ends of each stretch.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n;
    cin >> n;
    vector<long long> h(n);
    for (auto &x : h) cin >> x;
    sort(h.begin(), h.end());
    long long sum = 0;
    for (int i = 0; i < n; i++) sum += h[i] * (2LL * i - n + 1);
    cout << sum << "\n";
}
