// Right: divide and conquer; the stretches across the middle by prefix sums of the left half's extremes.
#include <bits/stdc++.h>
using namespace std;
typedef long long ll;
vector<ll> h;
ll across(int low, int middle, int high) {
    int size = middle - low;
    vector<ll> top(size + 1), sums(size + 1);
    for (int i = 0; i < size; i++) {
        top[i + 1] = max(i ? top[i] : LLONG_MIN, h[middle - 1 - i]);
        sums[i + 1] = sums[i] + top[i + 1];
    }
    ll total = 0, most = LLONG_MIN;
    int inside = 0;
    for (int j = middle; j < high; j++) {
        most = max(most, h[j]);
        while (inside < size && top[inside + 1] <= most) inside++;
        total += most * inside + sums[size] - sums[inside];
    }
    return total;
}
ll all(int low, int high) {
    if (high - low < 2) return high > low ? h[low] : 0;
    int middle = (low + high) / 2;
    return all(low, middle) + all(middle, high) + across(low, middle, high);
}
int main() {
    int n;
    scanf("%d", &n);
    h.resize(n);
    for (auto &x : h) scanf("%lld", &x);
    ll sum = all(0, n);
    for (auto &x : h) x = -x;
    printf("%lld\n", sum + all(0, n));
}
