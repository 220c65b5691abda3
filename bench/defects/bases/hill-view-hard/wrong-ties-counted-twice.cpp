// Wrong: a stretch with several greatest values counts for each of them.
#include <bits/stdc++.h>
using namespace std;
long long total(const vector<long long> &h) {
    int n = h.size();
    long long sum = 0;
    vector<int> left(n), right(n);
    for (int i = 0; i < n; i++) for (left[i] = i - 1; left[i] >= 0 && h[left[i]] <= h[i];) left[i] = left[left[i]];
    for (int i = n - 1; i >= 0; i--) for (right[i] = i + 1; right[i] < n && h[right[i]] <= h[i];) right[i] = right[right[i]];
    for (int i = 0; i < n; i++) sum += h[i] * (i - left[i]) * (right[i] - i);
    return sum;
}
int main() {
    int n;
    cin >> n;
    vector<long long> h(n), mirrored(n);
    for (int i = 0; i < n; i++) cin >> h[i], mirrored[i] = -h[i];
    cout << total(h) + total(mirrored) << endl;
}
