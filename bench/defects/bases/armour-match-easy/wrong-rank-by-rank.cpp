// Wrong: compares the i-th smallest need with the i-th smallest thing.
#include <bits/stdc++.h>
using namespace std;
int main() {
    int n, m;
    cin >> n >> m;
    vector<int> a(n), b(m);
    for (int &x : a) cin >> x;
    for (int &x : b) cin >> x;
    sort(a.begin(), a.end());
    int matched = 0;
    for (int i = 0; i < min(n, m); i++) matched += b[i] >= a[i];
    cout << matched << "\n";
}
