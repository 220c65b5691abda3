// Right: for each value the stretches in which it is the leftmost greatest, and the leftmost smallest.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;
ll greatest(const vector<ll> &h) {
    int n = h.size();
    vector<int> left(n), right(n);
    for (int i = 0; i < n; i++) {
        int j = i - 1;
        while (j >= 0 && h[j] < h[i]) j = left[j];
        left[i] = j;
    }
    for (int i = n - 1; i >= 0; i--) {
        int j = i + 1;
        while (j < n && h[j] <= h[i]) j = right[j];
        right[i] = j;
    }
    ll sum = 0;
    for (int i = 0; i < n; i++) sum += h[i] * (i - left[i]) * (right[i] - i);
    return sum;
}
int main() {
    int n;
    scanf("%d", &n);
    vector<ll> h(n);
    for (auto &x : h) scanf("%lld", &x);
    ll sum = greatest(h);
    for (auto &x : h) x = -x;
    printf("%lld\n", sum + greatest(h));
}
