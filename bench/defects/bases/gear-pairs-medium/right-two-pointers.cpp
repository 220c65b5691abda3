// Right: sorted remainders from both ends.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, k;
    scanf("%d", &n);
    vector<int> a(n);
    for (int &x : a) scanf("%d", &x);
    scanf("%d", &k);
    for (int &x : a) x %= k;
    sort(a.begin(), a.end());
    long long zeros = upper_bound(a.begin(), a.end(), 0) - a.begin(), pairs = zeros * (zeros - 1) / 2;
    long long i = zeros, j = n - 1;
    while (i < j) {
        if (a[i] + a[j] < k) i++;
        else if (a[i] + a[j] > k) j--;
        else if (a[i] == a[j]) {
            pairs += (j - i + 1) * (j - i) / 2;
            break;
        } else {
            long long low = i, high = j;
            while (a[low] == a[i]) low++;
            while (a[high] == a[j]) high--;
            pairs += (low - i) * (j - high);
            i = low, j = high;
        }
    }
    printf("%lld\n", pairs);
}
